package harbour

import "sync"

type Berth struct {
	mu   sync.Mutex
	id   int
	ship string
}

// Compared first.
func Swap(a, b *Berth) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.ship, b.ship = b.ship, a.ship
}

func Exchange(a, b *Berth) {
	if a.id < b.id {
		a.mu.Lock()
		b.mu.Lock()
	} else {
		b.mu.Lock()
		a.mu.Lock()
	}
	a.ship, b.ship = b.ship, a.ship
	a.mu.Unlock()
	b.mu.Unlock()
}

// One of them is new wherever it is called.
func (b *Berth) copyTo(other *Berth) {
	b.mu.Lock()
	defer b.mu.Unlock()
	other.mu.Lock()
	defer other.mu.Unlock()
	other.ship = b.ship
}

func (b *Berth) Snapshot() *Berth {
	snapshot := &Berth{}
	b.copyTo(snapshot)
	return snapshot
}

// One after the other.
func Move(from, to *Berth) {
	from.mu.Lock()
	ship := from.ship
	from.mu.Unlock()
	to.mu.Lock()
	to.ship = ship
	to.mu.Unlock()
}
