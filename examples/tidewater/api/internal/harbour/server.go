// Package harbour holds the live state of every harbour and serves it.
package harbour

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"sync"
	"time"

	"tidewater.example/api/internal/store"
)

const (
	silentAfter   = 10 * time.Minute
	snapshotEvery = 5 * time.Minute
)

type Harbour struct {
	ID        string
	Name      string
	Occupancy map[string]string // berth id -> call sign
}

type Vessel struct {
	CallSign  string
	Name      string
	LengthCM  int
	DraughtCM int
	TenderOf  string
	Lat, Lon  float64
	LastSeen  time.Time
}

// Server is the process's whole state. mu guards harbours, berths, vessels,
// bookings, online and swaps; everything else is set once by NewServer.
type Server struct {
	mu       sync.Mutex
	harbours map[string]*Harbour
	berths   map[string]store.Berth
	vessels  map[string]*Vessel
	bookings map[string]*Booking
	online   map[string]time.Time
	swaps    map[string][]SwapOffer

	db      *store.Store
	hub     *AlertHub
	planner *Planner
	log     *log.Logger
	now     func() time.Time

	lastSnapshot time.Time // only touched by the ticker goroutine
}

func NewServer(db *store.Store, logger *log.Logger) *Server {
	s := &Server{
		harbours: make(map[string]*Harbour),
		berths:   make(map[string]store.Berth),
		vessels:  make(map[string]*Vessel),
		bookings: make(map[string]*Booking),
		online:   make(map[string]time.Time),
		swaps:    make(map[string][]SwapOffer),
		db:       db,
		planner:  NewPlanner(),
		log:      logger,
		now:      time.Now,
	}
	s.hub = NewAlertHub(s)
	return s
}

// Routes wires every endpoint. docs/api.md lists the same endpoints.
func (s *Server) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/harbours/{harbour}", s.handleHarbour)
	mux.HandleFunc("GET /v1/harbours/{harbour}/berths", s.handleListBerths)
	mux.HandleFunc("POST /v1/berths/{berth}/hold", s.handleHoldBerth)
	mux.HandleFunc("POST /v1/bookings", s.handleCreateBooking)
	mux.HandleFunc("GET /v1/bookings/{id}", s.handleGetBooking)
	mux.HandleFunc("DELETE /v1/bookings/{id}", s.handleCancelBooking)
	mux.HandleFunc("POST /v1/bookings/{id}/swap-offers", s.handleSwapOffer)
	mux.HandleFunc("GET /v1/vessels/{callsign}", s.handleVessel)
	mux.HandleFunc("POST /v1/vessels/{callsign}/heartbeat", s.handleHeartbeat)
	mux.HandleFunc("POST /v1/alerts", s.handleRaiseAlert)
	mux.HandleFunc("POST /v1/alerts/subscriptions", s.handleSubscribe)
	mux.HandleFunc("GET /v1/metrics", s.handleMetrics)
	return mux
}

// RunTicker calls tick every interval until ctx ends.
func (s *Server) RunTicker(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.tick(ctx, s.now())
		}
	}
}

func (s *Server) tick(ctx context.Context, now time.Time) {
	active := s.dropSilent(now)
	for _, v := range active {
		s.touch(ctx, v, now)
	}
	if now.Sub(s.lastSnapshot) >= snapshotEvery {
		s.lastSnapshot = now
		s.snapshot(ctx, active, now)
	}
	s.hub.Sweep(now)
}

// dropSilent forgets vessels that stopped sending heartbeats and returns copies
// of the rest.
func (s *Server) dropSilent(now time.Time) []Vessel {
	s.mu.Lock()
	defer s.mu.Unlock()
	active := make([]Vessel, 0, len(s.online))
	for callSign, seen := range s.online {
		if now.Sub(seen) > silentAfter {
			delete(s.online, callSign)
			continue
		}
		if v, ok := s.vessels[callSign]; ok {
			active = append(active, *v)
		}
	}
	return active
}

func (s *Server) touch(ctx context.Context, v Vessel, now time.Time) {
	if err := s.db.UpdateLastSeen(ctx, v.CallSign, now); err != nil {
		s.log.Printf("touch %s: %v", v.CallSign, err)
	}
}

func (s *Server) snapshot(ctx context.Context, active []Vessel, now time.Time) {
	positions := make([]store.Position, 0, len(active))
	for _, v := range active {
		positions = append(positions, store.Position{CallSign: v.CallSign, TakenAt: now, Lat: v.Lat, Lon: v.Lon})
	}
	if err := s.db.SavePositions(ctx, positions); err != nil {
		s.log.Printf("snapshot: %v", err)
	}
}

func (s *Server) handleHeartbeat(w http.ResponseWriter, r *http.Request) {
	var fix struct {
		Lat float64 `json:"lat"`
		Lon float64 `json:"lon"`
	}
	if err := json.NewDecoder(r.Body).Decode(&fix); err != nil {
		writeError(w, http.StatusBadRequest, "malformed position")
		return
	}
	callSign := r.PathValue("callsign")
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.vessels[callSign]
	if !ok {
		writeError(w, http.StatusNotFound, "unknown vessel")
		return
	}
	v.Lat, v.Lon, v.LastSeen = fix.Lat, fix.Lon, s.now()
	s.online[callSign] = v.LastSeen
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) handleVessel(w http.ResponseWriter, r *http.Request) {
	v := s.db.FindVessel(r.Context(), r.PathValue("callsign"))
	if v == nil {
		writeError(w, http.StatusNotFound, "unknown vessel")
		return
	}
	writeJSON(w, http.StatusOK, v)
}

func (s *Server) handleMetrics(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, map[string]int{
		"vessels_online": len(s.online),
		"swap_offers":    len(s.swaps),
		"subscriptions":  s.hub.Count(),
	})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Printf("write response: %v", err)
	}
}

func writeError(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"error": message})
}
