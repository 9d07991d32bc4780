package quarry

import (
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Blocks are only changed by who compacts.
type Blocks struct {
	compacting sync.Mutex
	mu         sync.RWMutex
	all        []int
}

// Nobody who takes `mu` for writing gets here meanwhile.
func (b *Blocks) Delete() error {
	b.compacting.Lock()
	defer b.compacting.Unlock()
	var g errgroup.Group
	b.mu.RLock()
	defer b.mu.RUnlock()
	for range b.all {
		g.Go(func() error {
			_, err := http.Get("https://example.com/blocks")
			return err
		})
	}
	return g.Wait()
}

func (b *Blocks) Compact() {
	b.compacting.Lock()
	defer b.compacting.Unlock()
	b.mu.Lock()
	b.all = nil
	b.mu.Unlock()
}

func (b *Blocks) Count() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.all)
}

func (b *Blocks) First() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.all[0]
}

func (b *Blocks) IsEmpty() bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.all) == 0
}

// Slabs are changed without the other lock, too.
type Slabs struct {
	compacting sync.Mutex
	mu         sync.RWMutex
	all        []int
}

func (s *Slabs) Delete() error {
	s.compacting.Lock()
	defer s.compacting.Unlock()
	var g errgroup.Group
	s.mu.RLock()
	defer s.mu.RUnlock()
	for range s.all {
		g.Go(func() error {
			_, err := http.Get("https://example.com/slabs")
			return err
		})
	}
	return g.Wait() // want "`Delete` holds `Slabs.mu` for reading while it waits"
}

func (s *Slabs) Compact() {
	s.compacting.Lock()
	defer s.compacting.Unlock()
	s.mu.Lock()
	s.all = nil
	s.mu.Unlock()
}

func (s *Slabs) Add(slab int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, slab)
}

func (s *Slabs) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.all)
}
