package lighthouse

import "sync"

type Beacon struct {
	mu  sync.Mutex
	lit bool
}

func (b *Beacon) Toggle() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dim() // want "`Toggle` holds `Beacon\.mu` and calls `dim`, which takes it again"
}
