// Package lifeboats is the model case: one call for help, and every skipper near by gets a mission.
package lifeboats

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"sync"
)

type Skipper struct {
	ID      string
	Harbour string
}

type Server struct {
	mu       sync.Mutex
	db       *sql.DB
	skippers map[string]*Skipper
}

func (s *Server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("/distress", s.sendDistress)
}

func (s *Server) sendDistress(w http.ResponseWriter, r *http.Request) { // want-step "runs for each request to `/distress`"
	caller := r.FormValue("skipper")
	s.broadcast(caller, r.FormValue("text")) // want-step "calls `\(\*Server\).broadcast`"
	w.WriteHeader(http.StatusAccepted)
}

func (s *Server) broadcast(caller, text string) {
	for _, skipper := range s.nearby(caller) { // want-step "for each of `s.nearby\(…?\)`|for each of `s.nearby"
		s.createMission(caller, skipper, text) // want "Each request to `/distress` makes 1 INSERT on `missions` for each of `s.nearby.*`.* no cooldown or rate limit, no de-duplication, no cap and no expiry"
	}
}

func (s *Server) nearby(caller string) []*Skipper {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []*Skipper
	for _, skipper := range s.skippers {
		if skipper.Harbour == s.skippers[caller].Harbour {
			found = append(found, skipper)
		}
	}
	return found
}

func (s *Server) createMission(caller string, to *Skipper, text string) {
	body, _ := json.Marshal(map[string]string{"text": text, "from": caller})
	s.db.Exec("INSERT INTO missions (skipper, body) VALUES ($1, $2)", to.ID, body) // want-step "database \(`insert missions`\)"
}
