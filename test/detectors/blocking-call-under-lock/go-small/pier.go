package beacon

import "sync"

type Pier struct {
	mu    sync.Mutex
	lamps map[string]int
	store *Store
}

var pier = &Pier{lamps: map[string]int{}}

func (b *Pier) Lamp(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lamps[name]
}

func (b *Pier) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.lamps)
}

// Switched on and off by hand.
func (b *Pier) SetLampEnabled(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.store.Put(name) // want-info "`SetLampEnabled` holds `Pier.mu` .* configured anew"
	b.lamps[name]++
}
