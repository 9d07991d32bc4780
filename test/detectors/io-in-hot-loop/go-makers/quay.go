package quay

import (
	"database/sql"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Store struct{ db *sql.DB }

func (s *Store) owner(boat int) string {
	var name string
	s.db.QueryRow("SELECT name FROM owners WHERE boat = $1", boat).Scan(&name)
	return name
}

func (s *Store) boats() []int {
	var ids []int
	rows, _ := s.db.Query("SELECT id FROM boats")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}

// What a function makes is what is called when somebody asks.
func listBoats(s *Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, id := range s.boats() {
			w.Write([]byte(s.owner(id))) // want "each request to `/boats` × each of `s\.boats\(\)` × 1 SELECT on `owners` \(through `\(\*Store\)\.owner`\)\.$"
		}
	}
}

func listOwners(s *Store) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, id := range s.boats() {
			w.Write([]byte(s.owner(id))) // want "each request to `/owners` × each of `s\.boats\(\)` × 1 SELECT on `owners`"
		}
	})
}

// Nobody registers what this one makes.
func listNobody(s *Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, id := range s.boats() {
			w.Write([]byte(s.owner(id)))
		}
	}
}

// What it is handed is used once, and nothing of it is given back.
func pathOf(s *Store) string {
	for _, id := range s.boats() {
		s.owner(id)
	}
	return "/paths"
}

func authorised(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { next(w, r) }
}

func Routes(s *Store) chi.Router {
	r := chi.NewRouter()
	r.Get("/boats", authorised(listBoats(s)))
	owners := listOwners(s)
	r.Handle("/owners", owners)
	r.Get(pathOf(s), func(w http.ResponseWriter, r *http.Request) {})
	listNobody(s)
	return r
}
