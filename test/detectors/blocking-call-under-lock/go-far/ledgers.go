package ledgers

import (
	"database/sql"
	"fmt"
	"net/http"
	"sync"
)

// Ledger is only used deep inside.
type Ledger struct {
	mu    sync.Mutex
	pages map[string]int
	db    *sql.DB
}

func NewLedger(db *sql.DB) *Ledger { return &Ledger{pages: map[string]int{}, db: db} }

func (l *Ledger) turn(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.db.Exec("UPDATE ledgers SET page = page + 1 WHERE name = ?", name) // want-info "`turn` holds `Ledger.mu` .* Only a note: No request, message or clock is seen to come here\.$"
	l.pages[name]++
}

func (l *Ledger) page(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pages[name]
}

func (l *Ledger) pageCount() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.pages)
}

func quote(l *Ledger, name string) string { return fmt.Sprint(name, " page ", l.page(name)) }

func quoteAll(l *Ledger) string { return fmt.Sprint(l.pageCount(), quote(l, "first")) }

func summary(l *Ledger) string { return "at " + quoteAll(l) + quote(l, "last") }

func Report(l *Ledger) string {
	l.turn("last")
	return summary(l)
}

// Roster is the same, but for requests.
type Roster struct {
	mu    sync.Mutex
	names map[string]int
	db    *sql.DB
}

func NewRoster(db *sql.DB) *Roster { return &Roster{names: map[string]int{}, db: db} }

func (r *Roster) turn(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.db.Exec("UPDATE rosters SET page = page + 1 WHERE name = ?", name) // want "`turn` holds `Roster.mu` .* 2 other functions that need the lock, such as `count`, wait as long\.$"
	r.names[name]++
}

func (r *Roster) page(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names[name]
}

func (r *Roster) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.names)
}

func line(r *Roster, name string) string { return fmt.Sprint(name, r.page(name)) }

func lines(r *Roster) string { return fmt.Sprint(r.count(), line(r, "first")) }

func serve(r *Roster) {
	http.HandleFunc("/roster", func(w http.ResponseWriter, req *http.Request) { fmt.Fprint(w, lines(r)) })
	http.HandleFunc("/roster/turn", func(w http.ResponseWriter, req *http.Request) { r.turn("last") })
}
