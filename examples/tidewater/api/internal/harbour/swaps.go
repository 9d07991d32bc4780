package harbour

import (
	"net/http"
	"sort"
	"time"
)

type SwapOffer struct {
	From    string    `json:"from"`
	To      string    `json:"to"`
	Created time.Time `json:"created"`
}

// handleSwapOffer lets a skipper offer their berth to everybody who stays in
// the same harbour on the same nights.
func (s *Server) handleSwapOffer(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	s.mu.Lock()
	own, ok := s.bookings[id]
	if !ok || own.Cancelled {
		s.mu.Unlock()
		writeError(w, http.StatusNotFound, "unknown booking")
		return
	}
	offered := *own
	neighbours := s.staying(s.berths[own.BerthID].Harbour, own.Arrives, own.Departs)
	s.mu.Unlock()

	sent := 0
	for _, n := range neighbours {
		if n.ID == offered.ID {
			continue
		}
		if err := s.db.InsertSwapOffer(r.Context(), offered.ID, n.ID); err != nil {
			s.log.Printf("swap offer: %v", err)
			writeError(w, http.StatusServiceUnavailable, "try again")
			return
		}
		s.rememberSwap(n.ID, SwapOffer{From: offered.ID, To: n.ID, Created: s.now()})
		s.hub.Deliver(Alert{Kind: "berth.swap", CallSign: n.CallSign, Text: "A berth swap was offered to you"})
		sent++
	}
	writeJSON(w, http.StatusAccepted, map[string]int{"sent": sent})
}

func (s *Server) rememberSwap(bookingID string, offer SwapOffer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swaps[bookingID] = append(s.swaps[bookingID], offer)
}

// staying lists the live bookings of a harbour that share a night with the
// given stay. It must be called with s.mu held.
func (s *Server) staying(harbour string, from, to time.Time) []Booking {
	var found []Booking
	for _, b := range s.bookings {
		if b.Cancelled || s.berths[b.BerthID].Harbour != harbour {
			continue
		}
		if !b.Arrives.After(to) && !from.After(b.Departs) {
			found = append(found, *b)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Arrives.Before(found[j].Arrives) })
	return found
}
