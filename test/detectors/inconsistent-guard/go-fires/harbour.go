package harbour

import "sync"

type Berth struct {
	Ship  string
	Depth float64
}

// Harbour is shared by every request.
type Harbour struct {
	mu      sync.RWMutex
	berths  map[string]*Berth
	waiting []string
	master  string
	moored  int
	open    bool
}

func NewHarbour() *Harbour {
	h := &Harbour{berths: map[string]*Berth{}}
	h.master = "nobody"
	return h
}

func (h *Harbour) Moor(name, ship string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.berths[name] = &Berth{Ship: ship} // want-step "holds `Harbour.mu` and writes `Harbour.berths`"
	h.moored++
	h.open = true
}

func (h *Harbour) Leave(name string) {
	h.mu.Lock()
	delete(h.berths, name)
	h.moored--
	h.mu.Unlock()
}

func (h *Harbour) Queue(ship string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting = append(h.waiting, ship)
	h.master = ship
}

func (h *Harbour) Next() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.waiting) == 0 {
		return ""
	}
	first := h.waiting[0]
	h.waiting = h.waiting[1:]
	return first
}

func (h *Harbour) Has(name string) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	_, ok := h.berths[name]
	return ok && h.open
}

func (h *Harbour) Open() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open = true
}

func (h *Harbour) Master() string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.master
}

func (h *Harbour) Count() int {
	return len(h.berths) // want "`Count` reads `Harbour.berths` without `Harbour.mu`: it is guarded in 3 of 5 functions" want-step "reads `Harbour.berths` without"
}

func (h *Harbour) Names() []string {
	var names []string
	for name := range h.berths { // want "`Names` reads `Harbour.berths`"
		names = append(names, name)
	}
	return names
}

func (h *Harbour) Clear() {
	h.waiting = nil // want "`Clear` writes|changes `Harbour.waiting` without"
}

func (h *Harbour) Rename(master string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	h.master = master // want "`Rename` writes `Harbour.master` while it holds `Harbour.mu` only for reading"
}

func (h *Harbour) Moored() int {
	h.mu.RLock()
	n := h.moored
	h.mu.RUnlock()
	if n < 0 {
		h.moored = 0 // want "`Moored` writes `Harbour.moored` without"
	}
	return n
}
