package mill

import "sync"

// Prices are made anew, and what was made is left alone.
type Prices struct {
	mu   sync.RWMutex
	list map[string]int
	seen map[string]int
}

func (p *Prices) load(names []string) {
	list := map[string]int{}
	for i, name := range names {
		list[name] = i
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = list
	p.seen = map[string]int{}
}

func (p *Prices) of(name string) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.list[name]
}

func (p *Prices) has(name string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	_, ok := p.list[name]
	return ok
}

func (p *Prices) see(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen[name]++
}

func (p *Prices) seenOf(name string) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.seen[name]
}

func (p *Prices) cheapest() (best string) {
	for name, price := range p.list { // want-info "`cheapest` reads `Prices.list` .* It is only ever replaced as a whole: at worst an old one is read\.$"
		if best == "" || price < p.list[best] {
			best = name
		}
	}
	return best
}

func (p *Prices) mostSeen() (best string) {
	for name, n := range p.seen { // want "`mostSeen` reads `Prices.seen` .* When `\w+` changes the map meanwhile, the process ends\.$"
		if n > 3 {
			best = name
		}
	}
	return best
}
