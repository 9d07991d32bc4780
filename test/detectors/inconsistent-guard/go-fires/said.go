package harbour

import (
	"net/http"
	"sync"
)

type Pier struct {
	mu sync.Mutex
	// guarded by mu
	berths map[int]string

	loadMu sync.Mutex // loadMu guards cargo.
	cargo  map[string]int

	names map[string]int
}

func (p *Pier) Put(slot int, ship string) {
	p.mu.Lock()
	p.berths[slot] = ship
	p.names[ship] = slot
	p.mu.Unlock()
	p.loadMu.Lock()
	p.cargo[ship] = slot
	p.loadMu.Unlock()
}

func (p *Pier) Ship(slot int) string {
	return p.berths[slot] // want "`Ship` reads `Pier.berths` without `Pier.mu`: it is guarded in 1 of 2 functions that use it, and a comment says that it is\."
}

func (p *Pier) Load(ship string) int {
	return p.cargo[ship] // want "`Load` reads `Pier.cargo` without `Pier.loadMu`.* a comment says"
}

// Nobody says of these names that they are guarded, and one use is no habit.
func (p *Pier) Slot(ship string) int { return p.names[ship] }

func servePier(mux *http.ServeMux, p *Pier) {
	mux.HandleFunc("/pier", func(w http.ResponseWriter, r *http.Request) {
		p.Put(1, p.Ship(1))
		p.Load(r.URL.Path)
		p.Slot(r.URL.Path)
	})
}
