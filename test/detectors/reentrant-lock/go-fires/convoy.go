package lighthouse

import "sync"

type Convoy struct {
	mu    sync.Mutex
	ships map[string]int
}

// Whether the convoy is armed does not change from ship to ship.
func (c *Convoy) Join(names []string, armed bool) {
	for _, name := range names {
		if armed {
			c.mu.Lock() // want "`Join` takes `Convoy.mu` in every round"
			defer c.mu.Unlock()
		}
		c.ships[name]++
	}
}
