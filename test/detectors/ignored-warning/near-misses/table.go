package yard

import "sync"

type Table struct {
	mu    sync.Mutex
	files map[int]string
}

func newTable() *Table {
	t := &Table{files: map[int]string{}}
	t.repair()
	return t
}

// Only runs while the table is made.
func (t *Table) repair() {
	t.preopen(1)
}

// preopen assumes that mu is held by the caller.
func (t *Table) preopen(id int) { t.files[id] = "open" }

func (t *Table) Open(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.preopen(id)
}
