package library

import (
	"database/sql"
	"net/http"
)

type Reservations struct {
	db *sql.DB
}

func (s *Reservations) routes() {
	http.HandleFunc("/reserve", s.reserve)
	http.HandleFunc("/reservations", s.list)
}

func (s *Reservations) reserve(w http.ResponseWriter, r *http.Request) {
	s.db.Exec("INSERT INTO reservations (body) VALUES ($1)", r.FormValue("body")) // want-step "adds a row"
}

func (s *Reservations) list(w http.ResponseWriter, r *http.Request) {
	rows, err := s.db.Query("SELECT body FROM reservations") // want "the whole table `reservations` is read.* rows are deleted in `\(\*Reservations\).forget`"
	if err != nil {
		return
	}
	rows.Close()
}

func (s *Reservations) forget() {
	s.db.Exec("DELETE FROM reservations WHERE (body->>'expires_at')::timestamptz < now()") // want "The expiry `expires_at` is kept inside", want-step "deletes rows"
}
