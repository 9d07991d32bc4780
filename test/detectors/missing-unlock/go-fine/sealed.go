package orchard

import "sync"

type vault struct {
	mu    sync.Mutex
	coins int
}

// Nobody is let in any more.
func (v *vault) seal() int {
	v.mu.Lock() // We won’t release the lock.
	return v.coins
}

func (v *vault) count() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.coins
}
