package ferry

import (
	"database/sql"
	"sync"
)

// Dock stands in for a dock.
type Dock struct {
	mu    sync.Mutex
	db    *sql.DB
	names map[string]int
}

func (d *Dock) Add(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.db.Exec("INSERT INTO names (name) VALUES (?)", name)
}

func (d *Dock) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.names)
}

func (d *Dock) Has(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.names[name] > 0
}
