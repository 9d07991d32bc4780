package stairs

import (
	"database/sql"
	"sync"
)

// Stairs lead down to a cellar where everything is written down.
type Stairs struct {
	mu    sync.Mutex
	db    *sql.DB
	doors map[string]int
}

func (s *Stairs) Doors() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.doors)
}

func (s *Stairs) Door(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.doors[name]
}

// Each of three floors has a door that is mostly shut.
func (s *Stairs) Descend(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.first(name) // want-info "`Descend` holds `Stairs.mu` .* It comes to this only where several conditions hold\.$"
}

// One door less.
func (s *Stairs) Slip(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.landing(name) // want "`Slip` holds `Stairs.mu` .* wait as long\.$"
}

func (s *Stairs) landing(name string) {
	s.second(name)
}

func (s *Stairs) first(name string) {
	if s.doors[name] == 1 {
		s.second(name)
	}
}

func (s *Stairs) second(name string) {
	if s.doors[name] == 2 {
		s.cellar(name)
	}
}

func (s *Stairs) cellar(name string) {
	if s.doors[name] == 3 {
		s.db.Exec("INSERT INTO cellar (name) VALUES (?)", name)
	}
}
