package ferry

import (
	"context"
	"database/sql"
	"net/http"
	"sync"
)

// Ferry knows its passengers and who wants to hear of them.
type Ferry struct {
	mu         sync.Mutex
	db         *sql.DB
	passengers map[string]int
	heard      []chan string
	kept       map[string][]chan string
	silent     []chan string
	quit       chan struct{}
	wg         sync.WaitGroup
}

func serve(f *Ferry) {
	http.HandleFunc("/count", f.count)
	http.HandleFunc("/has", f.has)
	http.HandleFunc("/board", f.board)
}

func (f *Ferry) count(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.passengers["asked"] = len(f.passengers)
}

func (f *Ferry) has(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.passengers["seen"]++
}

// Each channel has room for all that is ever sent.
func (f *Ferry) Hear(names []string) chan string {
	f.mu.Lock()
	defer f.mu.Unlock()
	heard := make(chan string, len(names)+2)
	f.heard = append(f.heard, heard)
	return heard
}

func (f *Ferry) Keep(name string) chan string {
	f.mu.Lock()
	defer f.mu.Unlock()
	arrived := make(chan string, 1)
	channels := f.kept[name]
	channels = append(channels, arrived)
	f.kept[name] = channels
	return arrived
}

func (f *Ferry) Still() chan string {
	f.mu.Lock()
	defer f.mu.Unlock()
	one := make(chan string)
	f.silent = append(f.silent, one)
	return one
}

func (f *Ferry) tell(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, ch := range f.heard {
		ch <- name // want-info "Whoever reads slowly"
	}
	for _, channels := range f.kept {
		for _, ch := range channels {
			ch <- name
		}
	}
}

func (f *Ferry) whisper(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, ch := range f.silent {
		ch <- name // want "`whisper` holds `Ferry.mu` while it sends to the channel"
	}
}

// Only tests ask it to take the lock.
func (f *Ferry) load(name string, needLock bool) {
	if needLock {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.db.Exec("INSERT INTO passengers (name) VALUES (?)", name)
}

func (f *Ferry) unload(name string, needLock bool) {
	if needLock {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.db.Exec("DELETE FROM passengers WHERE name = ?", name) // want "`unload` holds `Ferry.mu` while it goes to the database"
}

func (f *Ferry) board(w http.ResponseWriter, r *http.Request) {
	f.load(r.FormValue("name"), false)
	f.unload(r.FormValue("name"), true)
	f.Refill(r.Context())
}

func (f *Ferry) Reset(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.db.ExecContext(ctx, "DELETE FROM passengers") // want-info "`Reset` holds `Ferry.mu` .* It runs when something is reset, repaired or configured anew, which is seldom\.$"
}

func (f *Ferry) Refill(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.db.ExecContext(ctx, "DELETE FROM passengers") // want "`Refill` holds `Ferry.mu` while it goes to the database"
}
