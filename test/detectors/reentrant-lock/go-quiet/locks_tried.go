package shipyard

import "sync"

type Crane struct {
	mu    sync.Mutex
	loads []int
}

func (c *Crane) Lift(load int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.swing(load)
}

// Whoever lifts holds the lock already and puts the load down later.
func (c *Crane) swing(load int) {
	if !c.mu.TryLock() {
		return
	}
	c.mu.Unlock()
	c.put(load)
}

func (c *Crane) put(load int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loads = append(c.loads, load)
}
