package orchard

import "sync"

// Watched takes its lock for whoever wants a guard.
type Watched struct{ mu sync.Mutex }

type Watch struct{ inner *sync.Mutex }

func (w *Watched) Lock() *Watch {
	w.mu.Lock()
	return &Watch{inner: &w.mu}
}

func (w *Watch) Unlock() { w.inner.Unlock() }

type Press struct {
	lock  Watched
	turns int
}

// The guard unlocks it.
func (p *Press) Turn() {
	guard := p.lock.Lock()
	p.turns++
	guard.Unlock()
}
