package yard

import (
	"sync"
	"sync/atomic"
)

type Tower struct {
	mu    sync.Mutex
	steps int64
	bells int
}

func (t *Tower) Climb() {
	t.mu.Lock()
	defer t.mu.Unlock()
	// Calling count here would deadlock.
	t.bells++
	t.step()
}

func count(t *Tower) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bells
}

// Caller must hold mu.
func (t *Tower) step() {
	atomic.AddInt64(&t.steps, 1)
}

// Nothing of it needs the lock any more.
func (t *Tower) Descend() {
	t.step()
}

func (t *Tower) Strike() {
	t.mu.Lock()
	t.ring()
	t.mu.Unlock()
}

// Gives back the lock of its callers for a while.
func (t *Tower) ring() {
	t.bells++
	t.mu.Unlock()
	t.Echo()
	t.mu.Lock()
}

// Must not be called with mu held.
func (t *Tower) Echo() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bells++
}

// Caller must hold mu.
func (t *Tower) oil() { t.bells++ }

func (t *Tower) oilAll() { t.oilOne() }

func (t *Tower) oilOne() { t.oilFirst() }

// Four callers up somebody holds it.
func (t *Tower) oilFirst() { t.oil() }

func (t *Tower) Oil() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.maintain()
}

func (t *Tower) maintain() { t.oilAll() }

func (t *Tower) Grease() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.oil()
}

// Visit is called without the lock, so that not all callers hold it.
func (t *Tower) Visit() { t.maintain() }
