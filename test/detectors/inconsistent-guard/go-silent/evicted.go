package library

import (
	"log"
	"sync"

	lru "github.com/hashicorp/golang-lru"
)

// Cellar counts what its shelf holds.
type Cellar struct {
	mu    sync.Mutex
	shelf *lru.Cache
	size  int
	rows  [4]int
}

func NewCellar() *Cellar {
	c := &Cellar{}
	shelf, _ := lru.NewWithEvict(100, c.onEvict)
	c.shelf = shelf
	return c
}

func (c *Cellar) onEvict(key, value interface{}) {
	log.Println(key)
	c.size--
}

func (c *Cellar) Put(name string, bottle int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shelf.Add(name, bottle)
	c.size++
}

func (c *Cellar) Drop(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shelf.Remove(name)
}

func (c *Cellar) Empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size = 0
}

func (c *Cellar) Size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

func (c *Cellar) Fill(row int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows[row]++
}

func (c *Cellar) Drain(row int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows[row]--
}

func (c *Cellar) Row(row int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rows[row]
}

func (c *Cellar) Has(row int) bool {
	return row < len(c.rows)
}
