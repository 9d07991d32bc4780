package harbour

import (
	"errors"
	"sync"
)

type Crane struct {
	mu   sync.Mutex
	arms []*Arm
	once sync.Once
	done func()
}

type Arm struct {
	mu   sync.Mutex
	load int
}

// What runs once is something else.
func (c *Crane) Lift(heavy bool) error {
	c.mu.Lock()
	c.once.Do(c.done)
	if heavy {
		return errors.New("too heavy") // want "Returns here with `Crane.mu` still locked; other ways unlock it\."
	}
	c.mu.Unlock()
	return nil
}

// Both are in the same round.
func (c *Crane) Swing(places []int) {
	for _, at := range places {
		c.arms[at].mu.Lock()
		if c.arms[at].load > 9 {
			return // want "Returns here with `Arm.mu` still locked"
		}
		c.arms[at].mu.Unlock()
	}
}

type Hook struct{ crane *Crane }

func hook(c *Crane, fail bool) (*Hook, error) {
	c.mu.Lock()
	if fail {
		c.mu.Unlock()
		return nil, errors.New("failed")
	}
	c.arms = nil
	h := &Hook{crane: c}
	return h, nil // want "Returns here with `Crane.mu` still locked"
}
