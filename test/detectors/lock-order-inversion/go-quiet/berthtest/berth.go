// Package berthtest helps in tests, as httptest does.
package berthtest

import "sync"

type Berth struct {
	mu   sync.Mutex
	feet int
}

func (b *Berth) Equals(other *Berth) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	other.mu.Lock()
	defer other.mu.Unlock()
	return b.feet == other.feet
}
