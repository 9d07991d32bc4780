package ferry

import (
	"context"
	"database/sql"
	"net/http"
	"sync"
	"time"
)

// Harbourmaster starts, pauses and ends its boats.
type Harbourmaster struct {
	mu     sync.Mutex
	db     *sql.DB
	boats  map[string]int
	ended  sync.WaitGroup

	stopRun   context.CancelFunc
	runCancel context.CancelFunc
}

func serveHarbourmaster(h *Harbourmaster) {
	http.HandleFunc("/boats", h.count)
	http.HandleFunc("/boat", h.mark)
	http.HandleFunc("/init", h.ask)
}

func (h *Harbourmaster) count(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.boats["asked"]++
}

func (h *Harbourmaster) mark(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.boats["marked"]++
}

// Before it is ready nobody can use it, whoever asks for it.
func (h *Harbourmaster) ask(w http.ResponseWriter, r *http.Request) {
	h.Init()
	h.Inspect()
	h.closeAllBoats()
	h.sweepBoats()
}

func (h *Harbourmaster) Init() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.db.Exec("INSERT INTO boats (name) VALUES ('first')") // want-info "`Init` holds `Harbourmaster.mu` .* It runs when something starts or ends"
}

func (h *Harbourmaster) Inspect() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.db.Exec("INSERT INTO boats (name) VALUES ('last')") // want "`Inspect` holds `Harbourmaster.mu` while it goes to the database"
}

func (h *Harbourmaster) closeAllBoats() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name := range h.boats {
		h.db.Exec("DELETE FROM boats WHERE name = ?", name)
	}
}

func (h *Harbourmaster) sweepBoats() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name := range h.boats {
		h.db.Exec("DELETE FROM boats WHERE name = ?", name) // want "`sweepBoats` holds `Harbourmaster.mu` while it goes to the database"
	}
}

func (h *Harbourmaster) Pause() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.runCancel()
	h.ended.Wait() // want-info "has been told to end just before"
}

func (h *Harbourmaster) Settle() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.boats["settled"]++
	time.Sleep(time.Minute) // want "`Settle` holds `Harbourmaster.mu` while it sleeps"
}
