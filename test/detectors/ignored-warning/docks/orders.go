package docks

import "sync"

type Dock struct {
	// berthMu guards berths. Never take it while holding queueMu.
	berthMu sync.Mutex
	berths  map[int]string

	queueMu sync.Mutex
	queue   []string
}

func (d *Dock) Admit(slot int) {
	d.queueMu.Lock() // want-step "takes `Dock.queueMu`"
	defer d.queueMu.Unlock()
	d.berthMu.Lock() // want "`Admit` takes `Dock\.berthMu` while it holds `Dock\.queueMu`, though a comment warns: “Never take it while holding queueMu\.”"
	d.berths[slot] = d.queue[0]
	d.berthMu.Unlock()
}

// Lock order: Quay.aMu, then Quay.bMu.
type Quay struct {
	aMu sync.Mutex
	bMu sync.Mutex
	n   int
}

func (q *Quay) Moor() {
	q.bMu.Lock()
	defer q.bMu.Unlock()
	q.count() // want "`Moor` takes `Quay\.aMu` through `count` while it holds `Quay\.bMu`"
}

func (q *Quay) count() {
	q.aMu.Lock()
	q.n++
	q.aMu.Unlock()
}

type Lock struct {
	// gateMu must be acquired before sluiceMu.
	gateMu   sync.Mutex
	sluiceMu sync.Mutex
	level    int
}

func (l *Lock) Drain() {
	l.sluiceMu.Lock()
	l.gateMu.Lock() // want "`Drain` takes `Lock\.gateMu` while it holds `Lock\.sluiceMu`"
	l.level = 0
	l.gateMu.Unlock()
	l.sluiceMu.Unlock()
}
