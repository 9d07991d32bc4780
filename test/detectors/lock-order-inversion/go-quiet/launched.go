package harbour

import "sync"

// Yard makes ships; nobody knows one before it is among the others.
type Yard struct {
	mu    sync.Mutex
	ships map[string]*Hull
}

type Hull struct {
	mu   sync.Mutex
	yard *Yard
	oars int
}

func NewHull(yard *Yard) *Hull {
	return &Hull{yard: yard}
}

func (y *Yard) Build(name string) (hull *Hull, err error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	isNew := true
	if hull = y.ships[name]; hull != nil {
		isNew = false
	}
	if isNew {
		hull = NewHull(y)
		hull.fit(12)
		y.ships[name] = hull
	}
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
	return h.yard.count() + h.oars
}

func (y *Yard) count() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return len(y.ships)
}
