package docks

import "sync"

type Dock struct {
	// berthMu guards berths. Never take it while holding queueMu.
	berthMu sync.Mutex
	berths  map[int]string

	queueMu sync.Mutex
	queue   []string
}

// In the order that the comment asks for.
func (d *Dock) Admit(slot int) {
	d.berthMu.Lock()
	defer d.berthMu.Unlock()
	d.queueMu.Lock()
	d.berths[slot] = d.queue[0]
	d.queueMu.Unlock()
}

// One after the other.
func (d *Dock) Swap(slot int) {
	d.queueMu.Lock()
	name := d.queue[0]
	d.queueMu.Unlock()
	d.berthMu.Lock()
	d.berths[slot] = name
	d.berthMu.Unlock()
}

type Lock struct {
	gateMu sync.Mutex
	// sluiceMu must be taken after gateMu.
	sluiceMu sync.Mutex
	level    int
}

func (l *Lock) Drain() {
	l.gateMu.Lock()
	l.sluiceMu.Lock()
	l.level = 0
	l.sluiceMu.Unlock()
	l.gateMu.Unlock()
}
