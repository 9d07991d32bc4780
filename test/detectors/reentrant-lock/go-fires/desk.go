package shipyard

import "sync"

type Desk struct {
	mu    sync.RWMutex
	loans map[string]string
	fines map[string]int
}

// The same function, twice.
func (d *Desk) Move(from, to string) {
	d.mu.Lock()
	d.loans[to] = d.loans[from]
	d.mu.Lock() // want "`Move` takes `Desk\.mu` again while it already holds it"
	delete(d.loans, from)
	d.mu.Unlock()
	d.mu.Unlock()
}

// Reading under the write lock.
func (d *Desk) Renew(book string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reader(book) // want "holds `Desk\.mu` and calls `reader`, which takes it again"
}

func (d *Desk) reader(book string) string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.loans[book]
}

// A reader that becomes a writer.
func (d *Desk) Charge(reader string) {
	d.mu.RLock()
	if d.fines[reader] == 0 {
		d.mu.Lock() // want "`Charge` takes `Desk\.mu` for writing while it already holds it for reading\. A writer waits until all readers are gone"
		d.fines[reader] = 1
		d.mu.Unlock()
	}
	d.mu.RUnlock()
}

// Two readers and a writer in between.
func (d *Desk) Overdue(reader string) int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.reader(reader) == "" { // want "holds `Desk\.mu` for reading and calls `reader`, which takes it again\. If a writer asks"
		return 0
	}
	return d.fines[reader]
}

// A wrapper of the lock.
func (d *Desk) lock()   { d.mu.Lock() }
func (d *Desk) unlock() { d.mu.Unlock() }

func (d *Desk) Return(book string) {
	d.lock() // want-step "`lock` takes `Desk\.mu` and leaves it held"
	defer d.unlock()
	if d.reader(book) != "" { // want "holds `Desk\.mu` and calls `reader`"
		delete(d.loans, book)
	}
}
