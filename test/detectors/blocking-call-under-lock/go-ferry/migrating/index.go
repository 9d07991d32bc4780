package migrating

import (
	"database/sql"
	"sync"
)

// Index is a copy of what the index was then.
type Index struct {
	mu    sync.Mutex
	db    *sql.DB
	names map[string]int
}

func (i *Index) Add(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.db.Exec("INSERT INTO names (name) VALUES (?)", name) // want "`Add` holds `Index.mu` while it goes to the database"
}

func (i *Index) Count() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.names)
}

func (i *Index) Has(name string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.names[name] > 0
}
