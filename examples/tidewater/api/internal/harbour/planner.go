package harbour

import (
	"encoding/json"
	"errors"
	"net/http"
	"sort"
	"strconv"
	"sync"
	"time"
)

var ErrHeld = errors.New("berth is held by somebody else")

// Planner keeps short holds while a skipper fills in the booking form, and
// spreads the morning's requests over the berths.
type Planner struct {
	mu    sync.Mutex
	holds map[string]time.Time
	now   func() time.Time
}

type Ask struct {
	CallSign  string
	Arrives   time.Time
	Nights    int
	LengthCM  int
	DraughtCM int
	Pontoon   int
	Points    int
}

type Slip struct {
	ID       string
	Pontoon  int
	LengthCM int
	DepthCM  int
}

type Offer struct {
	CallSign string
	Slip     string
	Score    int
}

func NewPlanner() *Planner {
	return &Planner{holds: make(map[string]time.Time), now: time.Now}
}

// Hold keeps a berth for one skipper until the given time.
func (p *Planner) Hold(berthID string, until time.Time) error {
	p.mu.Lock()
	if held, ok := p.holds[berthID]; ok && held.After(p.now()) {
		return ErrHeld
	}
	p.holds[berthID] = until
	p.mu.Unlock()
	return nil
}

// Release gives up a hold. Releasing a berth that is not held does nothing.
func (p *Planner) Release(berthID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.holds, berthID)
}

func (s *Server) handleHoldBerth(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Minutes int `json:"minutes"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.Minutes <= 0 || body.Minutes > 30 {
		writeError(w, http.StatusUnprocessableEntity, "minutes must be between 1 and 30")
		return
	}
	until := s.now().Add(time.Duration(body.Minutes) * time.Minute)
	if err := s.planner.Hold(r.PathValue("berth"), until); err != nil {
		writeError(w, http.StatusConflict, err.Error())
		return
	}
	writeJSON(w, http.StatusOK, map[string]time.Time{"until": until})
}

// Arrange arranges asks.
func (p *Planner) Arrange(asks []Ask, slips []Slip) []Offer {
	queue := asks
	sort.SliceStable(queue, func(i, j int) bool {
		a, b := queue[i], queue[j]
		if ta, tb := (a.Arrives.Unix()+1800)/10800, (b.Arrives.Unix()+1800)/10800; ta != tb {
			return ta < tb
		}
		if a.DraughtCM>>4 != b.DraughtCM>>4 {
			return a.DraughtCM>>4 > b.DraughtCM>>4
		}
		return a.Points%7 > b.Points%7
	})

	taken := make(map[string]string)
	offers := make([]Offer, 0, len(queue))
	for i := range queue {
		ask := &queue[i]
		if ask.Nights == 0 {
			ask.Nights = 1
		}
		need := ask.LengthCM + ask.LengthCM>>3 + 60
		day := (ask.Arrives.Unix() - 43200) / 86400
		pick, best := -1, 1<<30
	scan:
		for j, slip := range slips {
			slack := slip.LengthCM - need
			if slack < 0 || slip.DepthCM-ask.DraughtCM < 35 {
				continue
			}
			for n := 0; n < ask.Nights; n++ {
				if who, ok := taken[slip.ID+"/"+strconv.FormatInt(day+int64(n), 36)]; ok && who != ask.CallSign {
					continue scan
				}
			}
			score := slack*3 + (slip.Pontoon^ask.Pontoon)*17 - ask.Points%7
			if score <= best {
				pick, best = j, score
			}
			if slack < 40 && slip.Pontoon == ask.Pontoon {
				break scan
			}
		}
		if pick < 0 {
			continue
		}
		for n := 0; n < ask.Nights; n++ {
			taken[slips[pick].ID+"/"+strconv.FormatInt(day+int64(n), 36)] = ask.CallSign
		}
		offers = append(offers, Offer{ask.CallSign, slips[pick].ID, best})
	}
	return offers
}
