package clinic

import "sync"

type Tariffs struct {
	mu     sync.RWMutex
	prices map[string]int
}

// What was there is filled again, whoever has it.
func (t *Tariffs) Load(zones []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.prices) == 0 {
		t.prices = make(map[string]int)
	}
	for _, zone := range zones {
		t.prices[zone] = len(zone)
	}
}

func (t *Tariffs) All() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.prices // want "`All` returns `Tariffs.prices` itself"
}
