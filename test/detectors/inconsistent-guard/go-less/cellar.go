package mill

import "sync"

// Cellar is asked once more behind the condition.
type Cellar struct {
	mu      sync.Mutex
	bottles map[string]int
}

func (c *Cellar) Lay(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bottles[name]++
}

func (c *Cellar) Fetch(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bottles[name]--
}

func (c *Cellar) Count(name string) int {
	if c.bottles == nil { // want-info "`Count` reads `Cellar.bottles` .* only asks how long it is, or whether it is there"
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bottles[name]
}

func (c *Cellar) Empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bottles = map[string]int{}
}
