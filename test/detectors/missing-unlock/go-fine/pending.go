package orchard

import (
	"errors"
	"sync"
)

// Basket takes one apple at a time: the next one waits until the last was kept or thrown away.
type Basket struct {
	mu      sync.Mutex
	held    *string
	apples  []string
	pending sync.Mutex
}

func (b *Basket) Offer(apple string) error {
	b.pending.Lock()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held != nil {
		b.pending.Unlock()
		return errors.New("full")
	}
	b.held = &apple
	return nil
}

func (b *Basket) Keep() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held == nil {
		return errors.New("empty")
	}
	b.apples = append(b.apples, *b.held)
	b.held = nil
	b.pending.Unlock()
	return nil
}

// Cellar is opened for a while by what is called with its lock held.
type Cellar struct {
	door sync.Mutex
	jars int
}

func (c *Cellar) Fetch() int {
	c.door.Lock()
	defer c.door.Unlock()
	c.air()
	return c.jars
}

func (c *Cellar) air() {
	c.door.Unlock()
	c.jars--
	c.door.Lock()
}
