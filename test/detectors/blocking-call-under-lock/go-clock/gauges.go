// Package gauges writes down every minute what it has counted.
package gauges

import (
	"database/sql"
	"sync"
	"time"
)

type Gauges struct {
	mu     sync.Mutex
	db     *sql.DB
	levels map[string]int
}

func (g *Gauges) Rise(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.levels[name]++
}

func (g *Gauges) Level(name string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.levels[name]
}

func (g *Gauges) Run() {
	for range time.Tick(time.Minute) {
		g.mu.Lock()
		for name, level := range g.levels {
			g.db.Exec("UPDATE gauges SET level = ? WHERE name = ?", level, name) // want "`Run` holds `Gauges.mu` while it goes to the database .* wait as long\.$"
		}
		g.mu.Unlock()
	}
}

// Sums are one statement, whatever there is.
type Sums struct {
	mu  sync.Mutex
	db  *sql.DB
	sum int
}

func (s *Sums) Add(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sum += by
}

func (s *Sums) Sum() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sum
}

func (s *Sums) Run() {
	for range time.Tick(time.Minute) {
		s.mu.Lock()
		s.db.Exec("UPDATE sums SET sum = ?", s.sum) // want-info "`Run` holds `Sums.mu` .* No request that could be answered from memory is seen to be kept waiting\.$"
		s.mu.Unlock()
	}
}
