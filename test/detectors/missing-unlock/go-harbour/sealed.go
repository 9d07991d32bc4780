package harbour

import "sync"

type coffer struct {
	mu    sync.Mutex
	coins int
}

func (c *coffer) seal() int {
	c.mu.Lock() // Others count meanwhile. want "nothing unlocks it"
	c.coins++
	return c.coins
}

func (c *coffer) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.coins
}
