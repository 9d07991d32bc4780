package harbour

func (h *Harbour) Tow(s *Ship, urgent bool) {
	if urgent {
		h.mu.Lock()
	}
	h.taken[0] = s
	h.mu.Unlock() // want "Unlocks `Harbour.mu`, which is not locked on every way here"
}

func (h *Harbour) lock()   { h.mu.Lock() }
func (h *Harbour) unlock() { h.mu.Unlock() }

func (h *Harbour) Swap(a, b int) error {
	h.lock() // want-step "`lock` takes `Harbour.mu` and leaves it held"
	if h.closed {
		return errNoBerth // want "Returns here with `Harbour.mu` still locked"
	}
	h.taken[a], h.taken[b] = h.taken[b], h.taken[a]
	h.unlock()
	return nil
}

func (h *Harbour) Refit(berth int) {
	h.mu.Lock()
	defer h.mu.Unlock() // want "Unlocks `Harbour.mu`, which is unlocked already on one way here"
	if h.closed {
		h.mu.Unlock() // want-step "unlocks it$"
		return
	}
	h.mu.Unlock()
	h.Level(berth)
	h.mu.Lock()
	delete(h.taken, berth)
}
