package clinic

import "sync"

type Plan struct {
	Limit int
	Words []string
}

// Ward gives its plan away, and changes that very one.
type Ward struct {
	mu   sync.Mutex
	plan *Plan
}

func (w *Ward) Plan() *Plan {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.plan // want "`Plan` returns a pointer out of `Ward.plan`"
}

func (w *Ward) update(change func(*Plan)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(w.plan)
}

func (w *Ward) SetLimit(limit int) { w.update(func(p *Plan) { p.Limit = limit }) }

func (w *Ward) Close() { w.update(func(p *Plan) { p.Limit = 0 }) }

func (w *Ward) Allows(count int) bool {
	plan := w.Plan()
	return count <= plan.Limit
}
