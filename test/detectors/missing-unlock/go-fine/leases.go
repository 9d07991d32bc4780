package orchard

import (
	"errors"
	"sync"
)

var errSold = errors.New("sold")

// Plot is locked by whoever works on it.
type Plot struct {
	mu   sync.Mutex
	sold bool
	kept int
}

// Who gets it has the lock.
func (p *Plot) Acquire() error {
	p.mu.Lock()
	if p.sold {
		p.mu.Unlock()
		return errSold
	}
	return nil
}

func (p *Plot) TryHold() bool {
	p.mu.Lock()
	if !p.sold {
		return true
	}
	p.mu.Unlock()
	return false
}

func (p *Plot) Unlock() { p.mu.Unlock() }

func work(p *Plot) error {
	if err := p.Acquire(); err != nil {
		return err
	}
	defer p.Unlock()
	p.kept++
	if p.TryHold() {
		p.Unlock()
	}
	return nil
}
