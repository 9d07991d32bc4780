package board

import (
	"database/sql"
	"net/http"
)

type Board struct {
	db *sql.DB
}

func (b *Board) routes() {
	http.HandleFunc("/tows", b.tow)
	http.HandleFunc("/locks", b.lock)
	http.HandleFunc("/bridges", b.bridge)
}

func (b *Board) loadTows() {
	b.db.Query("SELECT id, ship FROM tows WHERE state = 'open'") // want "At start-up all rows of `tows` of one `state` are read: the query has no LIMIT, and nothing in the workspace changes that of a row\. Each request to `/tows` may add a row, and nothing in the workspace deletes any\.$"
	b.db.Query("SELECT id, ship FROM locks WHERE state = 'open'")
	b.db.Query("SELECT id, ship FROM bridges WHERE keeper = $1", 1)
}

func (b *Board) tow(w http.ResponseWriter, r *http.Request) {
	b.db.Exec("INSERT INTO tows (ship) VALUES ($1)", r.FormValue("ship"))
}

// What is done has another state: it is not read at the next start.
func (b *Board) lock(w http.ResponseWriter, r *http.Request) {
	b.db.Exec("INSERT INTO locks (ship) VALUES ($1)", r.FormValue("ship"))
	b.db.Exec("UPDATE locks SET seen = now(), state = 'done' WHERE ship = $1", r.FormValue("ship"))
}

func (b *Board) bridge(w http.ResponseWriter, r *http.Request) {
	b.db.Exec("INSERT INTO bridges (ship) VALUES ($1)", r.FormValue("ship"))
}
