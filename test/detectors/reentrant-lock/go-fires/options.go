package shelter

import "sync"

type Told func(*Doors)

func withDoorsLocked() Told { return func(*Doors) {} }

func withName(string) Told { return func(*Doors) {} }

type Doors struct {
	mu     sync.Mutex
	opened int
}

// Open hands over nothing that says who locks.
func (d *Doors) Open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn(withName("front")) // want "holds `Doors.mu` and calls `turn`"
}

func (d *Doors) turn(options ...Told) {
	if len(options) > 0 {
		d.mu.Lock()
		defer d.mu.Unlock()
	}
	d.opened++
}

// Shut says it, and is not asked.
func (d *Doors) Shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.slam(withDoorsLocked()) // want "holds `Doors.mu` and calls `slam`"
}

func (d *Doors) slam(options ...Told) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.opened = len(options)
}
