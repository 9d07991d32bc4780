package quay

import (
	"database/sql"
	"net/http"
	"sync"

	_ "modernc.org/sqlite"
)

// Quay keeps its berths in a file of its own.
type Quay struct {
	mu     sync.Mutex
	db     *sql.DB
	berths map[string]int
}

func (q *Quay) Berth(ship string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.berths[ship]
}

func (q *Quay) Ships() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.berths)
}

func (q *Quay) Moor(ship string, berth int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.berths[ship] = berth
	q.db.Exec("INSERT INTO berths (ship, berth) VALUES (?, ?)", ship, berth) // want-info "`Moor` holds `Quay.mu` .* The database is embedded: asking it once is like reading a small file\.$"
}

// As many as there are take long.
func (q *Quay) Save() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ship, berth := range q.berths {
		q.db.Exec("UPDATE berths SET berth = ? WHERE ship = ?", berth, ship) // want "`Save` holds `Quay.mu` .* wait as long\.$"
	}
}

// The worst comes last.
func (q *Quay) Report(ship string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.db.Exec("INSERT INTO reports (ship) VALUES (?)", ship) // want-step "also writes to the database|also goes to the database"
	http.Get("https://harbour.example.com/" + ship)          // want "`Report` holds `Quay.mu` while it goes to the network .* wait as long\.$"
}

// Both take long, and what is behind a call takes longer.
func (q *Quay) Publish() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ship := range q.berths {
		q.db.Exec("UPDATE reports SET sent = 1 WHERE ship = ?", ship)
	}
	q.tell() // want "`Publish` holds `Quay.mu` while it goes to the network .* wait as long\.$"
}

func (q *Quay) tell() {
	http.Get("https://harbour.example.com/reports")
}
