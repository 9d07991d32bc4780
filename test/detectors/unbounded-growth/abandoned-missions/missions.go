// Package lifeboats is the model case: missions pile up, and every start reads them all back.
package lifeboats

import (
	"database/sql"
	"net/http"
	"sync"
)

type Mission struct {
	ID      int
	Skipper string
	Body    string
}

type Server struct {
	mu       sync.Mutex
	db       *sql.DB
	missions map[string]*Mission // want-step "`Server.missions` is declared"
}

func NewServer(db *sql.DB) *Server {
	s := &Server{db: db, missions: map[string]*Mission{}}
	s.loadMissions()
	return s
}

func (s *Server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("/distress", s.sendDistress)
	mux.HandleFunc("/missions/expired", s.expired)
}

func (s *Server) loadMissions() {
	rows, err := s.db.Query("SELECT id, skipper, body FROM missions") // want "At start-up the whole table `missions` is read: the query has no WHERE and no LIMIT. Each request to `/distress` may add a row, and nothing in the workspace deletes any"
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var m Mission
		rows.Scan(&m.ID, &m.Skipper, &m.Body)
		s.missions[m.Skipper] = &m
	}
}

func (s *Server) sendDistress(w http.ResponseWriter, r *http.Request) { // want-step "runs for each request to `/distress`"
	s.addMission(r.FormValue("skipper"), r.FormValue("text")) // want-step "calls `\(\*Server\).addMission`"
}

func (s *Server) addMission(skipper, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.missions[skipper] = &Mission{Skipper: skipper, Body: text} // want "`Server.missions` only ever grows: each request to `/distress` may add an element to it. Nothing in the workspace takes anything out"
	s.db.Exec("INSERT INTO missions (skipper, body) VALUES ($1, $2)", skipper, text)  // want-step "adds a row"
}

func (s *Server) expired(w http.ResponseWriter, r *http.Request) {
	s.db.Query("SELECT id FROM missions WHERE (body->>'expires_at')::timestamptz < now()") // want "The expiry `expires_at` is kept inside a document of `missions`"
}
