package harbour

import "sync"

type Buoy struct {
	chainMu sync.Mutex
	marks   map[string]int
}

// clear forgets all marks. The caller must hold b.chainMu.
func (b *Buoy) clear() { b.marks = nil }

func (b *Buoy) Reset() {
	b.chainMu.Lock()
	defer b.chainMu.Unlock()
	b.clear()
}

// What is handed over goes with it.
func (b *Buoy) Drift() { under(&b.chainMu, b.clear) }

func under(mu sync.Locker, run func()) {
	mu.Lock()
	defer mu.Unlock()
	run()
}
