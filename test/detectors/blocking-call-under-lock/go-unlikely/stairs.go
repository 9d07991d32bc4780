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

// Tower is so high that what is at its top has little to do with who is at its foot.
type Tower struct {
	mu    sync.Mutex
	db    *sql.DB
	bells map[string]int
}

func (t *Tower) Bells() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.bells)
}

func (t *Tower) Bell(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bells[name]
}

func (t *Tower) Ring(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.one(name) // want-info "`Ring` holds `Tower.mu` .* through `one` … `seven`: .* It is so far away"
}

// Spire stands on the tower, one call further away.
type Spire struct {
	mu    sync.Mutex
	tower *Tower
	vanes map[string]int
}

func (s *Spire) Vanes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.vanes)
}

func (s *Spire) Vane(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.vanes[name]
}

func (s *Spire) Turn(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tower.foot(name)
}

func (t *Tower) foot(name string)  { t.one(name) }
func (t *Tower) one(name string) { t.two(name) }
func (t *Tower) two(name string) { t.three(name) }
func (t *Tower) three(name string) { t.four(name) }
func (t *Tower) four(name string) { t.five(name) }
func (t *Tower) five(name string) { t.six(name) }
func (t *Tower) six(name string) { t.seven(name) }
func (t *Tower) seven(name string) { t.db.Exec("INSERT INTO rings (name) VALUES (?)", name) }
