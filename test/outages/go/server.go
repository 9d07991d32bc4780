package roads

import (
	"database/sql"
	"net/http"
	"sync"
	"time"
)

// Player is somebody at the helm.
type Player struct {
	ID         string
	Ship       string
	Near       []string
	TimePlayed int
}

// Server runs the world.
type Server struct {
	mu      sync.Mutex
	db      *sql.DB
	online  map[string]*Player
	modules map[string][]string
	intel   map[string]*Intel
}

// Routes are what players may ask for.
func (s *Server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("/report", s.HandleReport)
	mux.HandleFunc("/intel", s.HandleIntel)
	mux.HandleFunc("/distress", s.HandleDistress)
}

// Run is the game loop.
func (s *Server) Run() { // want-step io-in-hot-loop
	_, _ = s.LoadMissions()
	ticker := time.NewTicker(10 * time.Second)
	tick := 0
	for range ticker.C {
		tick++
		if tick%6 == 0 {
			s.countTime() // want-step io-in-hot-loop
		}
	}
}
