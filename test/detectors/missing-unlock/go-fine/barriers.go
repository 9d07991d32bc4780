package orchard

import (
	"os"
	"sync"
)

type Basket struct {
	mu     sync.Mutex
	apples int
}

type Cellar struct {
	mu      sync.Mutex
	shelves []*Basket
	baskets map[string]*Basket
}

func (c *Cellar) count(i int) {
	c.shelves[i].mu.Lock()
	c.shelves[i].apples++
	c.shelves[i].mu.Unlock()
}

// The last count is waited for; then everybody else is done for good.
func (c *Cellar) Seal() {
	for i := range c.shelves {
		c.shelves[i].mu.Lock()
	}
}

var leaving sync.Mutex

func goHome() {
	leaving.Lock()
	println("closing")
	os.Exit(0)
	println("closed")
}

// Whoever has the basket already is waited for; nobody can find it any more.
func (c *Cellar) Burn(name string) {
	c.mu.Lock()
	b := c.baskets[name]
	delete(c.baskets, name)
	b.mu.Lock()
	c.mu.Unlock()
	b.apples = 0
}
