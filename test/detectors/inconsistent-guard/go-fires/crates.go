package kennel

import "sync"

// Chest has one lock for who opens it, and one for what is in it.
type Chest struct {
	lidMu  sync.RWMutex
	fillMu sync.Mutex
	inside map[string]int
}

func (c *Chest) Put(name string) {
	c.lidMu.RLock()
	defer c.lidMu.RUnlock()
	c.fillMu.Lock()
	c.inside[name]++
	c.fillMu.Unlock()
}

func (c *Chest) Take(name string) {
	c.lidMu.RLock()
	defer c.lidMu.RUnlock()
	c.fillMu.Lock()
	c.inside[name]--
	c.fillMu.Unlock()
}

// Here the lid does not matter.
func (c *Chest) Prune() {
	c.fillMu.Lock()
	defer c.fillMu.Unlock()
	for name, count := range c.inside {
		if count == 0 {
			delete(c.inside, name)
		}
	}
}

func (c *Chest) Empty() {
	c.lidMu.Lock()
	defer c.lidMu.Unlock()
	c.inside = map[string]int{} // want "`Empty` changes `Chest.inside` without `Chest.fillMu`: it is guarded in 3 of 4 functions"
}
