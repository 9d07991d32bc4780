package harbour

import "sync"

type Harbour struct {
	mu    sync.Mutex
	ships map[string]*Ship
}

type Ship struct {
	mu      sync.Mutex
	harbour *Harbour
	cargo   int
}

// Always the harbour first.
func (h *Harbour) Total() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	total := 0
	for _, ship := range h.ships {
		ship.mu.Lock()
		total += ship.cargo
		ship.mu.Unlock()
	}
	return total
}

// Given back before the other is taken.
func (s *Ship) Leave() {
	s.mu.Lock()
	s.cargo = 0
	s.mu.Unlock()
	s.harbour.mu.Lock()
	defer s.harbour.mu.Unlock()
}

// It is only tried.
func (s *Ship) Report() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.harbour.mu.TryLock() {
		return false
	}
	defer s.harbour.mu.Unlock()
	return true
}

// On its own.
func (s *Ship) Signal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() {
		s.harbour.mu.Lock()
		defer s.harbour.mu.Unlock()
	}()
}

// Nobody else has it yet.
func (h *Harbour) Arrive(name string) *Ship {
	ship := &Ship{harbour: h}
	ship.mu.Lock()
	defer ship.mu.Unlock()
	h.mu.Lock()
	h.ships[name] = ship
	h.mu.Unlock()
	return ship
}

// The callee gives it back first.
func (s *Ship) Unload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell()
}

func (s *Ship) tell() {
	s.mu.Unlock()
	s.harbour.mu.Lock()
	s.harbour.mu.Unlock()
	s.mu.Lock()
}
