package ferry

import (
	"database/sql"
	"net/http"
)

type Ferry struct{ db *sql.DB }

type handler func(w http.ResponseWriter, r *http.Request)

func (f *Ferry) routes() {
	http.HandleFunc("/crews", f.crews)
	http.HandleFunc("/decks", f.decks)
}

func (f *Ferry) crews(w http.ResponseWriter, r *http.Request) { f.ensureAdmin(f.listCrews)(w, r) }

func (f *Ferry) decks(w http.ResponseWriter, r *http.Request) { f.ensureOpen(f.listDecks)(w, r) }

func (f *Ferry) ensureAdmin(next handler) handler { return next }

func (f *Ferry) ensureOpen(next handler) handler { return next }

// Whoever gets here has been asked by what it was handed to.
func (f *Ferry) listCrews(w http.ResponseWriter, r *http.Request) {
	rows, _ := f.db.Query("SELECT id FROM crews")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		f.db.Query("SELECT name FROM captains WHERE crew = $1", id) // want-info "Those who run the system ask for it, now and then\.$"
	}
}

func (f *Ferry) listDecks(w http.ResponseWriter, r *http.Request) {
	rows, _ := f.db.Query("SELECT id FROM decks")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		f.db.Query("SELECT name FROM lamps WHERE deck = $1", id) // want "each of `rows` × 1 SELECT on `lamps`\.$"
	}
}
