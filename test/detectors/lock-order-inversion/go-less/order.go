package railway

import "sync"

type Bridge struct {
	mu     sync.Mutex
	trains int
	river  *River
}

type River struct {
	mu     sync.Mutex
	ships  int
	bridge *Bridge
}

func (b *Bridge) Cross() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.river.mu.Lock()
	defer b.river.mu.Unlock()
	b.trains++
}

func (r *River) Pass() {
	r.mu.Lock()
	defer r.mu.Unlock()
	// Whoever raises the bridge has closed it before, to avoid a deadlock.
	r.bridge.mu.Lock() // want-info "`Pass` takes `Bridge.mu` .* A comment there speaks of the order of the locks"
	defer r.bridge.mu.Unlock()
	r.ships++
}
