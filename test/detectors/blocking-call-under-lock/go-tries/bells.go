package harbour

import (
	"os"
	"sync"
	"time"
)

// Bells ring again where they could not.
type Bells struct {
	mu    sync.Mutex
	rung  map[string]int
	names []string
}

func (b *Bells) Rung(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung[name]
}

func (b *Bells) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rung)
}

func (b *Bells) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		err := os.WriteFile("bells", nil, 0o600)
		if err == nil {
			return
		}
		time.Sleep(time.Second) // want-info "`Ring` holds `Bells.mu` .* only where something has failed, to try again\.$"
	}
}

func (b *Bells) Toll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.names {
		time.Sleep(time.Second) // want "`Toll` holds `Bells.mu` while it sleeps .* wait as long\.$"
	}
}
