package shipyard

import "sync"

type Berth struct {
	mu   sync.Mutex
	ship string
	next *Berth
}

func (b *Berth) Ship() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ship
}

// Another object of the same type.
func (b *Berth) Swap(other *Berth) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ship = other.Ship()
}

// Given back in between.
func (b *Berth) Leave() string {
	b.mu.Lock()
	b.ship = ""
	b.mu.Unlock()
	return b.Ship()
}

// Given back before an early end only.
func (b *Berth) Clear(force bool) string {
	b.mu.Lock()
	if force {
		b.ship = ""
		b.mu.Unlock()
		return b.Ship()
	}
	b.mu.Unlock()
	return ""
}

// It is only tried.
func (b *Berth) Peek() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tryShip()
}

func (b *Berth) tryShip() string {
	if !b.mu.TryLock() {
		return b.ship
	}
	defer b.mu.Unlock()
	return b.ship
}

// On its own.
func (b *Berth) Announce(out chan<- string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	go func() { out <- b.Ship() }()
}

// Hand over hand.
func Last(first *Berth) string {
	current := first
	current.mu.Lock()
	for current.next != nil {
		next := current.next
		next.mu.Lock()
		current.mu.Unlock()
		current = next
	}
	defer current.mu.Unlock()
	return current.ship
}

// Each element has its own.
func Names(berths []*Berth) []string {
	names := []string{}
	for _, berth := range berths {
		berth.mu.Lock()
		defer berth.mu.Unlock()
		names = append(names, berth.ship)
	}
	return names
}

// The callee gives it back first.
func (b *Berth) Wait(ready chan struct{}) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pause(ready)
	return b.ship
}

func (b *Berth) pause(ready chan struct{}) {
	b.mu.Unlock()
	<-ready
	b.mu.Lock()
}

// The caller says whether to lock.
func (b *Berth) Rename(ship string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set(ship, false)
}

func (b *Berth) set(ship string, lock bool) {
	if lock {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	b.ship = ship
}

// A field of the same name in another object.
type Quay struct {
	mu    sync.Mutex
	first *Berth
}

func (q *Quay) First() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.first.Ship()
}

// Readers of what nobody writes.
type Levels struct {
	mu     sync.RWMutex
	levels []int
}

type Tides struct {
	mu     sync.Mutex
	levels []int
}

func (t *Levels) Level(hour int) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.levels[hour]
}

func (t *Levels) Noon() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.Level(12)
}

// What it returns gives it back.
func (t *Tides) Snapshot() func() {
	t.mu.Lock()
	return func() { t.mu.Unlock() }
}

func (t *Tides) Midnight() []int {
	done := t.Snapshot()
	done()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.levels
}

// It is made here and run by somebody else.
func (b *Berth) Closer() func() {
	b.mu.Lock()
	defer b.mu.Unlock()
	return sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ship = ""
	})
}

// The round that takes it is the last.
func (b *Berth) Listen(ships <-chan string) {
	for {
		select {
		case ship, open := <-ships:
			if open {
				b.ship = ship
			} else {
				b.mu.Lock()
				defer b.mu.Unlock()
				b.ship = ""
				return
			}
		}
	}
}

// Given back through what runs once, before it asks again and at the latest when it ends.
func (b *Berth) Paint(colour string) string {
	b.mu.Lock()
	once := sync.Once{}
	unlock := func() {
		once.Do(b.mu.Unlock)
	}
	defer unlock()
	b.ship = colour
	unlock()
	return b.Ship()
}

func (b *Berth) Repaint(colour string) string {
	b.Paint(colour)
	return b.Ship()
}

func (b *Berth) Varnish() string {
	name := b.Paint("clear")
	return name + b.Ship()
}
