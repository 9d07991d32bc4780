package archive

import "sync"

// Latch is nothing but a lock, and many have one.
type Latch struct{ m sync.RWMutex }

func (l *Latch) Lock()    { l.m.Lock() }
func (l *Latch) Unlock()  { l.m.Unlock() }
func (l *Latch) RLock()   { l.m.RLock() }
func (l *Latch) RUnlock() { l.m.RUnlock() }

type Roll struct{ Zeros map[string]int }

type Here struct {
	Latch
	state *Roll
}

type There struct {
	Latch
	state *Roll
}

func (h *Here) Zeros() map[string]int {
	h.RLock()
	defer h.RUnlock()
	return h.state.Zeros
}

func (t *There) Add(name string) {
	t.Lock()
	defer t.Unlock()
	t.state.Zeros[name]++
}

func (t *There) Drop(name string) {
	t.Lock()
	defer t.Unlock()
	delete(t.state.Zeros, name)
}
