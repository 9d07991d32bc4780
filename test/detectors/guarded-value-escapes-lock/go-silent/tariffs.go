package archive

import "sync"

// Tariffs are filled under the lock that made them, and never changed once somebody has them.
type Tariffs struct {
	mu     sync.RWMutex
	prices map[string]int
}

func (t *Tariffs) Load(zones []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.prices) != 0 {
		return
	}
	t.prices = make(map[string]int)
	for _, zone := range zones {
		t.prices[zone] = len(zone)
	}
}

func (t *Tariffs) All() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.prices
}
