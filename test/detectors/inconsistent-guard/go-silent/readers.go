package library

import "sync"

// Readers only ever holds its lock for reading: what it counts is another matter.
type Readers struct {
	mu    sync.RWMutex
	seen  map[string]int
	shelf *Readers
}

func (r *Readers) See(name string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.seen[name]++
}

func (r *Readers) Seen(name string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.seen[name]
}
