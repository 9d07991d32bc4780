package harbour

import "sync"

type Tides struct {
	all    sync.Mutex
	high   sync.Mutex
	low    sync.Mutex
	levels sync.RWMutex
	names  sync.RWMutex
}

// A third lock is held both times.
func (t *Tides) Rise() {
	t.all.Lock()
	defer t.all.Unlock()
	t.high.Lock()
	defer t.high.Unlock()
	t.low.Lock()
	defer t.low.Unlock()
}

func (t *Tides) Fall() {
	t.all.Lock()
	defer t.all.Unlock()
	t.fall()
}

// Its callers hold the third.
func (t *Tides) fall() {
	t.low.Lock()
	defer t.low.Unlock()
	t.high.Lock()
	defer t.high.Unlock()
}

// Readers of what nobody writes.
func (t *Tides) Level() {
	t.levels.RLock()
	defer t.levels.RUnlock()
	t.names.RLock()
	defer t.names.RUnlock()
}

func (t *Tides) Name() {
	t.names.RLock()
	defer t.names.RUnlock()
	t.levels.RLock()
	defer t.levels.RUnlock()
}

// Locks that only this function knows.
func Merge(parts [][]int) int {
	var sumMu, doneMu sync.Mutex
	sum := 0
	for range parts {
		sumMu.Lock()
		doneMu.Lock()
		sum++
		doneMu.Unlock()
		sumMu.Unlock()
	}
	doneMu.Lock()
	sumMu.Lock()
	defer sumMu.Unlock()
	defer doneMu.Unlock()
	return sum
}
