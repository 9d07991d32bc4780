package orchard

import (
	"errors"
	"sync"
)

type Options struct {
	Growers []*Grower
}

type Grower struct {
	mu    sync.Mutex
	rows  map[string]int
	trees int
}

func (g *Grower) Plant(row string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rows[row]++
}

func (g *Grower) Fell(row string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.rows, row)
}

func (g *Grower) Rows() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.rows)
}

// What options hold is not in use yet.
func validateOptions(o *Options) error {
	for _, g := range o.Growers {
		if len(g.rows) == 0 {
			return errors.New("no rows")
		}
	}
	return nil
}

type office struct {
	mu      sync.Mutex
	growers []*Grower
}

func (o *office) Count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return sum(o.growers)
}

// Why its callers hold another lock is not known.
func sum(growers []*Grower) int {
	n := 0
	for _, g := range growers {
		n += len(g.rows)
	}
	return n
}
