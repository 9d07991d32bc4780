package library

import "sync"

// Two hold the lock: outside the type, the object may be new.
type tray struct {
	mu    sync.Mutex
	cards map[string]int
}

func (t *tray) add(card string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cards[card]++
}

func (t *tray) has(card string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cards[card] > 0
}

func count(t *tray) int { return len(t.cards) }

// Each lock guards one element.
type drawers struct {
	locks []sync.Mutex
	parts []map[string]int
}

func (d *drawers) put(i int, part string) {
	d.locks[i].Lock()
	defer d.locks[i].Unlock()
	d.parts[i][part]++
}

func (d *drawers) drop(i int, part string) {
	d.locks[i].Lock()
	defer d.locks[i].Unlock()
	delete(d.parts[i], part)
}

func (d *drawers) size() (n int) {
	for i := range d.parts {
		d.locks[i].Lock()
		n += len(d.parts[i])
		d.locks[i].Unlock()
	}
	return n
}
