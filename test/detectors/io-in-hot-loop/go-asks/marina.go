package marina

import (
	"database/sql"
	"net/http"
)

type Marina struct{ db *sql.DB }

func (m *Marina) routes() {
	http.HandleFunc("/boats", m.boats)
	http.HandleFunc("/rigs", m.rigs)
}

// Neither its name nor its registration tells; what it does, does.
func (m *Marina) boats(w http.ResponseWriter, r *http.Request) {
	rows, _ := m.db.Query("SELECT id FROM boats")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		m.db.Query("SELECT name FROM owners WHERE boat = $1", id) // want "each of `rows` × 1 SELECT on `owners`\.$"
	}
}

func (m *Marina) rigs(w http.ResponseWriter, r *http.Request) {
	rows, _ := m.db.Query("SELECT id FROM rigs")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		m.db.Query("SELECT height FROM masts WHERE rig = $1", id) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
	m.db.Exec("UPDATE rigs SET measured = true")
}
