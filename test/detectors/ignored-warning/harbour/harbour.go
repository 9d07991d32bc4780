package harbour

import (
	"net/http"
	"sync"
)

type Berth struct{ ship string }

type Harbour struct {
	mu     sync.Mutex
	berths map[string]*Berth
	log    []string
}

// AddBerth registers a berth. It takes h.mu.
func (h *Harbour) AddBerth(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.berths[id] = &Berth{}
}

func (h *Harbour) migrateDefaults() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range []string{"n1", "n2"} {
		// Written in place: calling AddBerth
		// here would deadlock, since mu is held.
		h.berths[id] = &Berth{}
	}
}

func (h *Harbour) repair(ids []string) {
	for _, id := range ids {
		h.AddBerth(id) // want "`repair` calls `\(\*Harbour\)\.AddBerth` while it holds `Harbour\.mu`, though a comment warns: "
	}
}

func (h *Harbour) Load(ids []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.repair(ids)
}

func (h *Harbour) Reset() {
	h.mu.Lock() // want-step "takes `Harbour.mu`"
	h.berths = map[string]*Berth{}
	h.AddBerth("n1") // want "while it holds `Harbour.mu`"
	h.mu.Unlock()
}

// free empties a berth. The caller must hold h.mu.
func (h *Harbour) free(id string) { delete(h.berths, id) }

func (h *Harbour) Depart(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.free(id)
}

func (h *Harbour) Evict(id string) {
	h.free(id) // want "`Evict` calls `\(\*Harbour\)\.free` without holding `Harbour.mu`, though a comment warns: “The caller must hold h.mu.”"
}

func (h *Harbour) EvictLate(id string) {
	h.mu.Lock()
	delete(h.berths, "x")
	h.mu.Unlock()
	h.free(id) // want "without holding"
}

// publish tells everyone.
//
// It must not be called with mu held: listeners call back.
func (h *Harbour) publish(text string) {
	for _, listener := range listeners {
		listener(text)
	}
}

var listeners []func(string)

func (h *Harbour) Rename(id, ship string) {
	h.mu.Lock()
	h.berths[id].ship = ship
	h.publish(ship) // want "`Rename` calls .* while it holds `Harbour.mu`, though a comment warns: “It must not be called with mu held"
	h.mu.Unlock()
}

// note appends to the log; mu must be held.
func (h *Harbour) note(text string) { h.log = append(h.log, text) }

func (h *Harbour) Arrive(id string) {
	h.mu.Lock()
	h.note("arrived")
	h.mu.Unlock()
	h.note(id) // want "without holding `Harbour.mu`"
}

type Tide struct{ level int }

// Next computes the next level. It is not safe for concurrent use.
func (t *Tide) Next() int {
	t.level++
	return t.level
}

var tide = &Tide{}

func serveTide(w http.ResponseWriter, r *http.Request) {
	tide.Next() // want "`serveTide` handles requests and calls `\(\*Tide\)\.Next` on an object they all share, with no lock held"
}

func routes() { http.HandleFunc("/tide", serveTide) }

// The caller must hold h.lock, which has another name by now.
func (h *Harbour) jot(line string) { h.log = append(h.log, line) }

func (h *Harbour) Jot(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.jot(line)
}

func (h *Harbour) Hail(line string) {
	h.jot(line) // want "`Hail` calls `\(\*Harbour\)\.jot` without holding `Harbour\.mu`"
}
