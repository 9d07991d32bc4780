package depot

import (
	"net"
	"sync"
)

// Scales are asked by one function alone, of which there is one caller.
type Scales struct {
	mu     sync.Mutex
	weight map[string]int
}

var scales = &Scales{weight: map[string]int{}}

func (s *Scales) last() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.weight["last"]
}

func (s *Scales) Weigh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	net.Dial("tcp", "scales") // want-info "`Weigh` holds `Scales.mu` .* Nobody is seen to come often for what is in memory alone\.$"
}

func main() {
	scales.last()
}

// Porters: whoever wants the lock has something of his own run under it.
type Porters struct {
	mu    sync.Mutex
	names map[string]int
}

func (p *Porters) With(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
}

func (p *Porters) Each(do func(name string)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name := range p.names {
		do(name)
	}
}

func (p *Porters) Call(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	net.Dial("tcp", name) // want-info "`Call` holds `Porters.mu` .* Nobody is seen to come often for what is in memory alone\.$"
	p.names[name]++
}
