package harbour

import "sync"

type Coast struct {
	mu    sync.Mutex
	piers []*Pier
}

var everywhere = &Coast{}

func coastOr(c *Coast) *Coast {
	if c != nil {
		return c
	}
	return standard()
}

func standard() *Coast {
	everywhere.mu.Lock()
	defer everywhere.mu.Unlock()
	return everywhere
}

type Pier struct {
	mu    sync.Mutex
	calls int
}

// Here nothing is given.
func (p *Pier) Call() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	return len(coastOr(nil).piers)
}

func (c *Coast) Calls() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	sum := 0
	for _, p := range c.piers {
		sum += p.count() // want "`Calls` takes `Pier.mu` while it holds `Coast.mu`, .* each waits for the other's lock for ever\.$"
	}
	return sum
}

func (p *Pier) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}
