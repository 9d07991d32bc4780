package harbour

import (
	"errors"
	"sync"
)

var errNoBerth = errors.New("no berth")

type Ship struct{ Name string }

type Harbour struct {
	mu     sync.Mutex
	tides  sync.RWMutex
	free   map[string]int
	taken  map[int]*Ship
	levels []int
	closed bool
}

func (h *Harbour) Assign(s *Ship) error {
	h.mu.Lock() // want-step "takes `Harbour.mu`"
	berth, ok := h.free[s.Name]
	if !ok {
		return errNoBerth // want "Returns here with `Harbour.mu` still locked" want-step "returns with the lock held"
	}
	h.taken[berth] = s
	h.mu.Unlock() // want-step "another way unlocks it"
	return nil
}

func (h *Harbour) Rename(berth int, name string) {
	h.mu.Lock() // want "Locks `Harbour.mu`, and nothing unlocks it"
	h.taken[berth].Name = name
}

func (h *Harbour) Depart(berth int) {
	h.mu.Lock()
	defer h.mu.Unlock() // want "Unlocks `Harbour.mu`, which is unlocked already on one way here"
	if h.taken[berth] == nil {
		h.mu.Unlock() // want-step "unlocks it$"
		return
	}
	delete(h.taken, berth)
}

func (h *Harbour) Level(hour int) int {
	h.tides.RLock()
	defer h.tides.Unlock() // want "`Harbour.tides` is taken with `RLock` and released with `Unlock`"
	return h.levels[hour]
}

func (h *Harbour) FirstFree(names []string) int {
	h.mu.Lock()
	found := -1
	for _, name := range names {
		berth, ok := h.free[name]
		if ok {
			found = berth
			h.mu.Unlock()
			break
		}
	}
	return found // want "Returns here with `Harbour.mu` still locked"
}
