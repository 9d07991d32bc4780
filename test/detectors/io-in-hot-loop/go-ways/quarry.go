package quarry

import (
	"database/sql"
	"net/http"
)

type Stone struct {
	ID    int
	Owner string
}

type Quarry struct {
	db     *sql.DB
	stones []Stone
}

func (q *Quarry) routes() {
	http.HandleFunc("/move", q.move)
	http.HandleFunc("/carve", q.carve)
	http.HandleFunc("/sink", q.sink)
}

// One for what it was called and one for what it is called now.
func (q *Quarry) move(w http.ResponseWriter, r *http.Request) {
	names := make(map[string]struct{})
	names[r.FormValue("old")] = struct{}{}
	if r.FormValue("new") != "" {
		names[r.FormValue("new")] = struct{}{}
	}
	q.check(names)
}

func (q *Quarry) check(names map[string]struct{}) {
	for name := range names {
		q.db.Query("SELECT id FROM stones WHERE name = $1", name)
	}
}

// One for each stone.
func (q *Quarry) carve(w http.ResponseWriter, r *http.Request) {
	owners := make(map[string]struct{})
	for _, stone := range q.stones {
		owners[stone.Owner] = struct{}{}
	}
	q.ask(owners)
}

func (q *Quarry) ask(owners map[string]struct{}) {
	for owner := range owners {
		q.db.Query("SELECT id FROM owners WHERE name = $1", owner) // want "each of `owners` × 1 SELECT on `owners`"
	}
}

// Only what went wrong is taken back.
func (q *Quarry) sink(w http.ResponseWriter, r *http.Request) {
	_, err := q.db.Exec("INSERT INTO sinks (id) VALUES (1)")
	if err != nil {
		q.raise(q.stones)
	}
}

func (q *Quarry) raise(stones []Stone) {
	for _, stone := range stones {
		q.db.Exec("DELETE FROM sinks WHERE stone = $1", stone.ID)
	}
}
