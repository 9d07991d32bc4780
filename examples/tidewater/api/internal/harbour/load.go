package harbour

import (
	"context"
	"fmt"

	"tidewater.example/api/internal/store"
)

// Load fills the in-memory state from the database. It runs once, before the
// listener opens.
func (s *Server) Load(ctx context.Context) error {
	berths, err := s.db.Berths(ctx)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	vessels, err := s.db.Vessels(ctx)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	bookings, err := s.db.ActiveBookings(ctx)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	s.installBerths(berths)
	s.importFleet(vessels)
	s.repairTenders(vessels)
	for _, b := range bookings {
		s.bookings[b.ID] = &Booking{
			ID: b.ID, BerthID: b.BerthID, CallSign: b.CallSign, Arrives: b.Arrives, Departs: b.Departs,
		}
		if h, ok := s.harbours[s.berths[b.BerthID].Harbour]; ok {
			h.Occupancy[b.BerthID] = b.CallSign
		}
	}
	return nil
}

// installBerths must be called with s.mu held.
func (s *Server) installBerths(berths []store.Berth) {
	for _, b := range berths {
		s.berths[b.ID] = b
		if _, ok := s.harbours[b.Harbour]; !ok {
			s.harbours[b.Harbour] = &Harbour{ID: b.Harbour, Name: b.Harbour, Occupancy: make(map[string]string)}
		}
	}
}

// importFleet must be called with s.mu held. It writes the map itself: enrol
// takes s.mu, so calling enrol from anything Load runs would deadlock.
func (s *Server) importFleet(vessels []store.Vessel) {
	for _, v := range vessels {
		s.vessels[v.CallSign] = &Vessel{
			CallSign: v.CallSign, Name: v.Name, LengthCM: v.LengthCM, DraughtCM: v.DraughtCM, TenderOf: v.TenderOf,
		}
	}
}

// repairTenders gives a placeholder to every mother ship that a tender refers
// to but the fleet list lacks.
func (s *Server) repairTenders(vessels []store.Vessel) {
	for _, v := range vessels {
		if v.TenderOf == "" {
			continue
		}
		if _, known := s.vessels[v.TenderOf]; known {
			continue
		}
		s.enrol(&Vessel{CallSign: v.TenderOf, Name: v.Name + " (mother ship)"})
	}
}

// enrol adds a vessel unless its call sign is already known.
func (s *Server) enrol(v *Vessel) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, exists := s.vessels[v.CallSign]; exists {
		return false
	}
	s.vessels[v.CallSign] = v
	return true
}

func (s *Server) vesselName(callSign string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := s.vessels[callSign]; ok {
		return v.Name
	}
	return callSign
}
