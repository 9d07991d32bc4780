package shipyard

import "sync"

// Ratios are read by others, and the rate by tests only.
type Ratios struct {
	mu   sync.RWMutex
	sums []int
}

func (r *Ratios) Add(sum int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sums = append(r.sums, sum)
}

func (r *Ratios) sum() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.sums)
}

func (r *Ratios) Rate() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.sum() // want-info "nobody goes on\. Only a note: Nothing outside tests calls it\.$"
}

func (r *Ratios) Share() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.sum() // want "holds `Ratios\.mu` for reading and calls `sum`, which takes it again\..* nobody goes on\.$"
}

// It is one of the steps.
func (r *Ratios) Half() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.sum() / 2 // want "nobody goes on\.$"
}

func (r *Ratios) steps() int {
	all := 0
	for _, step := range []func() int{r.Half, r.Share} {
		all += step()
	}
	return all
}

// Of that name there is a field, too.
type total struct{ Rate int }

func shares() int {
	if (total{}).Rate > 0 {
		return 0
	}
	ratios := &Ratios{}
	ratios.Add(1)
	return ratios.Share()
}
