package harbour

import (
	"sync"
)

type BellTower struct {
	mu    sync.Mutex
	bells chan string
	names map[string]int
	wg    sync.WaitGroup
}

func (b *BellTower) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.names)
}

// Nobody may be there to listen.
func (b *BellTower) Ring(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bells <- name // want "`Ring` holds `BellTower.mu` while it sends to the channel `BellTower.bells`"
}

// A select without a default waits, if not for ever.
func (b *BellTower) RingFor(name string, done chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.bells <- name: // want "`RingFor` holds `BellTower.mu` while it waits until one of several channels is ready, such as `BellTower.bells`"
	case <-done:
	}
}

func (b *BellTower) WaitForPilots() {
	b.mu.Lock()
	b.wg.Wait() // want "`WaitForPilots` holds `BellTower.mu` while it waits"
	b.mu.Unlock()
}

func (b *BellTower) Named(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.names[name]
}
