package harbour

import (
	"database/sql"
	"sync"
	"time"
)

type Tugs struct {
	mu    sync.Mutex
	db    *sql.DB
	names map[string]int
}

func (t *Tugs) Count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.names)
}

// The wrapper takes it.
func (t *Tugs) lock()   { t.mu.Lock() }
func (t *Tugs) unlock() { t.mu.Unlock() }

func (t *Tugs) Survey() {
	t.lock() // want-step "takes `Tugs.mu`"
	defer t.unlock()
	t.markLeft("survey") // want "`Survey` holds `Tugs.mu` while it goes to the database"
}

// Only one way gives it back before.
func (t *Tugs) Inspect(quick bool) {
	t.mu.Lock()
	if quick {
		t.mu.Unlock()
		return
	}
	time.Sleep(time.Minute) // want "`Inspect` holds `Tugs.mu` while it sleeps"
	t.mu.Unlock()
}

// The lock is held for the function that is handed over.
func (t *Tugs) locked(do func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	do()
}

func (t *Tugs) Tow(name string) {
	t.locked(func() { // want-step "takes `Tugs.mu`"
		t.markLeft(name) // want "A function inside `Tow` holds `Tugs.mu` while it goes to the database"
	})
}

func (t *Tugs) markLeft(name string) {
	t.db.Exec("UPDATE tugs SET gone = true WHERE name = ?", name)
}
