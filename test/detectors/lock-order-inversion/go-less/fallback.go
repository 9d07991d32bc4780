package railway

import "sync"

type Region struct {
	mu       sync.Mutex
	stations []*Halt
}

var everywhere = &Region{}

// regionOr gives what it is given, or the one there is.
func regionOr(r *Region) *Region {
	if r != nil {
		return r
	}
	return standard()
}

func standard() *Region {
	everywhere.mu.Lock()
	defer everywhere.mu.Unlock()
	return everywhere
}

type Halt struct {
	mu     sync.Mutex
	region *Region
	calls  int
}

// Its region is always known.
func (h *Halt) Call() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls++
	return len(regionOr(h.region).stations)
}

func (r *Region) Calls() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	sum := 0
	for _, h := range r.stations {
		sum += h.count() // want-info "`Calls` takes `Halt.mu` while it holds `Region.mu`, .* One of them only gets there where a function is given nothing and takes what there is instead\.$"
	}
	return sum
}

func (h *Halt) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.calls
}
