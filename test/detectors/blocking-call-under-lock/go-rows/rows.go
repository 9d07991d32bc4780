package rows

import (
	"sync"

	_ "modernc.org/sqlite"
	"gorm.io/gorm"
)

type Row struct {
	dirty bool
	Key   string
}

// Rows are kept in memory, and in a file now and then.
type Rows struct {
	mu   sync.Mutex
	db   *gorm.DB
	rows []Row
}

func (r *Rows) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.rows)
}

func (r *Rows) At(i int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rows[i].Key
}

func dirtyOf(rows []Row) []Row {
	var dirty []Row
	for _, row := range rows {
		if row.dirty {
			dirty = append(dirty, row)
		}
	}
	return dirty
}

// All that have changed.
func (r *Rows) Persist() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if dirty := dirtyOf(r.rows); len(dirty) > 0 {
		r.db.Save(dirty) // want "`Persist` holds `Rows.mu` .* 2 other functions that need the lock, such as `\w+`, wait as long\.$"
	}
}

// One of them.
func (r *Rows) Drop(i int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.db.Delete(r.rows[i]) // want-info "`Drop` holds `Rows.mu` .* The database is embedded: asking it once is like reading a small file\.$"
}
