package mill

import "sync"

// Tariffs are filled once, and the rates again and again.
type Tariffs struct {
	mu     sync.RWMutex
	tariffs map[string]int
	rates  map[string]int
}

func (p *Tariffs) Load() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rates = map[string]int{}
	p.rates["rye"] = 2
	if len(p.tariffs) != 0 {
		return
	}
	p.tariffs = map[string]int{}
	p.tariffs["rye"] = 3
}

func (p *Tariffs) Of(grain string) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.tariffs[grain] * p.rates[grain]
}

func (p *Tariffs) Has(grain string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.tariffs[grain]+p.rates[grain] > 0
}

func (p *Tariffs) All() map[string]int {
	return p.tariffs // want-info "It is filled once, and not changed where it is filled already\.$"
}

func (p *Tariffs) Rates() map[string]int {
	return p.rates // want "When `Load` changes the map meanwhile, the process ends\.$"
}
