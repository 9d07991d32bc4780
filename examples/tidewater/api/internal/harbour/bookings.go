package harbour

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"sort"
	"time"

	"tidewater.example/api/internal/store"
)

type Booking struct {
	ID        string    `json:"id"`
	BerthID   string    `json:"berth_id"`
	CallSign  string    `json:"call_sign"`
	Arrives   time.Time `json:"arrives"`
	Departs   time.Time `json:"departs"`
	Cancelled bool      `json:"cancelled,omitempty"`
}

type bookingRequest struct {
	BerthID  string    `json:"berth_id"`
	CallSign string    `json:"call_sign"`
	Arrives  time.Time `json:"arrives"`
	Departs  time.Time `json:"departs"`
}

var errBerthTaken = errors.New("berth is taken for these nights")

func (req bookingRequest) validate() error {
	switch {
	case req.BerthID == "":
		return errors.New("berth_id is required")
	case req.CallSign == "":
		return errors.New("call_sign is required")
	case !req.Departs.After(req.Arrives):
		return errors.New("departs must be after arrives")
	}
	return nil
}

func (s *Server) handleCreateBooking(w http.ResponseWriter, r *http.Request) {
	var req bookingRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		writeError(w, http.StatusBadRequest, "malformed booking")
		return
	}
	if err := req.validate(); err != nil {
		writeError(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	booking, err := s.reserve(req)
	if errors.Is(err, errBerthTaken) {
		writeError(w, http.StatusConflict, err.Error())
		return
	}
	if err != nil {
		writeError(w, http.StatusInternalServerError, "could not reserve")
		return
	}
	row := store.Booking{
		ID: booking.ID, BerthID: booking.BerthID, CallSign: booking.CallSign,
		Arrives: booking.Arrives, Departs: booking.Departs,
	}
	if err := s.db.InsertBooking(r.Context(), row); err != nil {
		s.log.Printf("create booking: %v", err)
		s.unreserve(booking.ID)
		writeError(w, http.StatusServiceUnavailable, "booking was not saved, try again")
		return
	}
	_ = s.db.AppendAudit(r.Context(), "booking.created", booking.ID)
	writeJSON(w, http.StatusCreated, booking)
}

// reserve records the booking in memory and returns a copy of it. The caller
// persists it, or takes it back with unreserve.
func (s *Server) reserve(req bookingRequest) (Booking, error) {
	id, err := newID()
	if err != nil {
		return Booking{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.conflicting(req.BerthID, req.Arrives, req.Departs)) > 0 {
		return Booking{}, errBerthTaken
	}
	b := &Booking{ID: id, BerthID: req.BerthID, CallSign: req.CallSign, Arrives: req.Arrives, Departs: req.Departs}
	s.bookings[id] = b
	if h, ok := s.harbours[s.berths[req.BerthID].Harbour]; ok {
		h.Occupancy[req.BerthID] = req.CallSign
	}
	return *b, nil
}

func (s *Server) unreserve(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b, ok := s.bookings[id]; ok {
		if h, ok := s.harbours[s.berths[b.BerthID].Harbour]; ok {
			delete(h.Occupancy, b.BerthID)
		}
		delete(s.bookings, id)
	}
}

// conflicting lists the live bookings of a berth that share a night with
// [from, to). It must be called with s.mu held.
func (s *Server) conflicting(berthID string, from, to time.Time) []Booking {
	var found []Booking
	for _, b := range s.bookings {
		if b.Cancelled || b.BerthID != berthID {
			continue
		}
		if b.Arrives.Before(to) && from.Before(b.Departs) {
			found = append(found, *b)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Arrives.Before(found[j].Arrives) })
	return found
}

func (s *Server) handleGetBooking(w http.ResponseWriter, r *http.Request) {
	b, err := s.db.Booking(r.Context(), r.PathValue("id"))
	switch {
	case errors.Is(err, store.ErrNotFound):
		writeError(w, http.StatusNotFound, "unknown booking")
	case err != nil:
		s.log.Printf("get booking: %v", err)
		writeError(w, http.StatusServiceUnavailable, "try again")
	default:
		writeJSON(w, http.StatusOK, b)
	}
}

func (s *Server) handleCancelBooking(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.bookings[r.PathValue("id")]
	if !ok || b.Cancelled {
		writeError(w, http.StatusNotFound, "unknown booking")
		return
	}
	if err := s.freeBerth(r.Context(), b); err != nil {
		s.log.Printf("cancel booking: %v", err)
		writeError(w, http.StatusServiceUnavailable, "try again")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) freeBerth(ctx context.Context, b *Booking) error {
	if err := s.recordCancellation(ctx, b.ID); err != nil {
		return err
	}
	b.Cancelled = true
	if h, ok := s.harbours[s.berths[b.BerthID].Harbour]; ok {
		delete(h.Occupancy, b.BerthID)
	}
	return nil
}

func (s *Server) recordCancellation(ctx context.Context, id string) error {
	return s.db.MarkCancelled(ctx, id, s.now())
}

func (s *Server) handleHarbour(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	h, ok := s.harbours[r.PathValue("harbour")]
	if !ok {
		s.mu.Unlock()
		writeError(w, http.StatusNotFound, "unknown harbour")
		return
	}
	occupancy := h.Occupancy
	s.mu.Unlock()

	writeJSON(w, http.StatusOK, map[string]any{"id": h.ID, "name": h.Name, "occupancy": occupancy})
}

func (s *Server) handleListBerths(w http.ResponseWriter, r *http.Request) {
	harbour := r.PathValue("harbour")
	type view struct {
		ID       string `json:"id"`
		Pontoon  int    `json:"pontoon"`
		LengthCM int    `json:"length_cm"`
		Class    string `json:"berth_class"`
		Occupied bool   `json:"occupied"`
	}
	s.mu.Lock()
	h, ok := s.harbours[harbour]
	views := make([]view, 0, len(s.berths))
	for _, b := range s.berths {
		if !ok || b.Harbour != harbour {
			continue
		}
		_, occupied := h.Occupancy[b.ID]
		views = append(views, view{b.ID, b.Pontoon, b.LengthCM, b.Class, occupied})
	}
	s.mu.Unlock()

	if !ok {
		writeError(w, http.StatusNotFound, "unknown harbour")
		return
	}
	sort.Slice(views, func(i, j int) bool { return views[i].ID < views[j].ID })
	writeJSON(w, http.StatusOK, views)
}

func newID() (string, error) {
	raw := make([]byte, 8)
	if _, err := rand.Read(raw); err != nil {
		return "", err
	}
	return hex.EncodeToString(raw), nil
}
