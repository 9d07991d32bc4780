package shipyard

import "sync"

type Hull struct {
	mu   sync.Mutex
	name string
}

func (h *Hull) Name() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.name
}

// What gives it back runs too late.
func (h *Hull) Paint(colour string) string {
	h.mu.Lock()
	once := sync.Once{}
	unlock := func() {
		once.Do(h.mu.Unlock)
	}
	defer unlock()
	h.name = colour
	return h.Name() // want "`Paint` holds `Hull.mu` and calls `Name`, which takes it again"
}
