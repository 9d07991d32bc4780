package shipyard

// A callback that runs under the lock.
func (d *Desk) withLock(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
}

func (d *Desk) Forgive(reader string) {
	d.withLock(func() { // want "runs a function under `Desk\.mu` that takes it again"
		if d.Total(reader) > 0 {
			delete(d.fines, reader)
		}
	})
}

func (d *Desk) Total(reader string) int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.fines[reader]
}

// Every round of the loop.
func (d *Desk) ForgiveAll(readers []string) {
	for _, reader := range readers {
		d.mu.Lock() // want "takes `Desk\.mu` in every round of a loop and gives it back only when the function ends"
		defer d.mu.Unlock()
		delete(d.fines, reader)
	}
}
