package railway

import "sync"

type parcel struct {
	mu     sync.Mutex
	weight int
}

func Load(weights []int) (total int) {
	for _, weight := range weights {
		p := &parcel{weight: weight}
		total += p.grams()
	}
	return total
}

func (p *parcel) grams() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.weight * 1000
}

// So far only its test calls it.
func (p *parcel) equals(other *parcel) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	other.mu.Lock() // want-info "takes `parcel\.mu` of `p` and then of `other`, .* Nothing outside tests calls it\.$"
	defer other.mu.Unlock()
	return p.weight == other.weight
}
