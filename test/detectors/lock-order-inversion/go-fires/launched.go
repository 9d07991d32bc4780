package harbour

import "sync"

type Wharf struct {
	mu    sync.Mutex
	boats map[string]*Hull
}

type Hull struct {
	mu    sync.Mutex
	wharf *Wharf
	oars  int
}

func NewHull(wharf *Wharf) *Hull {
	return &Hull{wharf: wharf}
}

// Others know the boat that was there before.
func (w *Wharf) Refit(name string) (hull *Hull, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	hull = NewHull(w)
	if known := w.boats[name]; known != nil {
		hull = known
	}
	hull.fit(12)
	return hull, nil
}

func (h *Hull) fit(oars int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.oars = oars
}

func (h *Hull) Neighbours() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.wharf.count() + h.oars // want "takes `Wharf.mu` while it holds `Hull.mu`"
}

func (w *Wharf) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.boats)
}
