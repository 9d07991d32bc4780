package harbour

import (
	"database/sql"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

type Harbour struct {
	mu     sync.RWMutex
	db     *sql.DB
	berths map[string]int
}

func (h *Harbour) Count() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.berths)
}

func (h *Harbour) Free(name string) {
	h.mu.Lock()
	delete(h.berths, name)
	h.mu.Unlock()
}

// Directly, with a deferred unlock.
func (h *Harbour) Moor(name string, length int) error {
	h.mu.Lock() // want-step "takes .Harbour.mu."
	defer h.mu.Unlock()
	h.berths[name] = length
	_, err := h.db.Exec("INSERT INTO moorings (name) VALUES (?)", name) // want "`Moor` holds `Harbour.mu` while it goes to the database \(`insert moorings`\): \d+ other functions that need the lock, such as `Count`, wait as long"
	return err
}

// Through two calls, in another file.
func (h *Harbour) Depart(name string) {
	h.mu.Lock()
	delete(h.berths, name)
	h.record(name) // want "`Depart` holds `Harbour.mu` while it goes to the database \(`update moorings`\) through `record` and `markLeft`" // want-step "calls `\(\*Harbour\)\.record`"
	h.mu.Unlock()
}

// Several operations are one finding, at the worst of them.
func (h *Harbour) Announce(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	time.Sleep(time.Second)                       // want-step "also sleeps"
	http.Get("https://pilots.example.com/" + name) // want "`Announce` holds `Harbour.mu` while it goes to the network"
}

// A read lock: writers wait, and behind them all other readers.
func (h *Harbour) Report() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	exec.Command("lp", "report").Run() // want "`Report` holds `Harbour.mu` for reading while it starts a process"
}
