package harbour

import (
	"log"
	"sync"

	lru "github.com/hashicorp/golang-lru"
)

// Pantry takes things off its shelf without the lock.
type Pantry struct {
	mu    sync.Mutex
	shelf *lru.Cache
	size  int
}

func NewPantry() *Pantry {
	p := &Pantry{}
	shelf, _ := lru.NewWithEvict(100, p.onEvict)
	p.shelf = shelf
	return p
}

func (p *Pantry) onEvict(key, value interface{}) {
	log.Println(key)
	p.size-- // want "`onEvict` writes `Pantry.size` without `Pantry.mu`"
}

func (p *Pantry) Put(name string, jar int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shelf.Add(name, jar)
	p.size++
}

func (p *Pantry) Drop(name string) {
	p.shelf.Remove(name)
}

func (p *Pantry) Empty() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size = 0
}

func (p *Pantry) Size() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.size
}
