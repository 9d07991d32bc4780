package harbour

import "sync"

// Tide is waited for by its own reader: that alone is told, by another detector.
type Tide struct {
	busy  sync.Mutex
	level sync.RWMutex
	marks map[string]int
}

func (t *Tide) Read() int {
	t.level.RLock()
	defer t.level.RUnlock()
	t.measure()
	return len(t.marks)
}

func (t *Tide) Watch() {
	for range t.marks {
		t.measure()
	}
}

func (t *Tide) measure() {
	t.busy.Lock()
	defer t.busy.Unlock()
	t.level.Lock()
	defer t.level.Unlock()
	t.marks["now"]++
}
