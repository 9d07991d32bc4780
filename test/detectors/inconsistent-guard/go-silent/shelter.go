package orchard

import "sync"

// Whoever changes a pen holds the lock of the shelter too: under that one it can be read.
type shelter struct {
	mu   sync.Mutex
	pens map[string]*pen
}

type pen struct {
	mu    sync.Mutex
	goats map[string]int
	hay   int
}

func (s *shelter) admit(name, goat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.pens[name]
	p.mu.Lock()
	defer p.mu.Unlock()
	p.goats[goat]++
	p.hay++
}

func (s *shelter) release(name, goat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pens[name].drop(goat)
}

func (p *pen) drop(goat string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.goats, goat)
	p.hay--
}

func (p *pen) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.goats) + p.hay
}

func (s *shelter) all() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := 0
	for _, p := range s.pens {
		sum += len(p.goats) + p.hay
	}
	return sum
}
