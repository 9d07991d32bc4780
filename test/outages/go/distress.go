package roads

import "net/http"

// HandleDistress asks every pilot nearby for help.
func (s *Server) HandleDistress(w http.ResponseWriter, r *http.Request) {
	for _, pilot := range s.pilotsNear(r.FormValue("harbour")) {
		s.createMission(pilot, r.FormValue("ship")) // want unbounded-fan-out, want io-in-hot-loop
	}
	w.WriteHeader(http.StatusAccepted)
}

func (s *Server) pilotsNear(harbour string) []string {
	rows, err := s.db.Query("SELECT id FROM pilots WHERE harbour = $1", harbour)
	if err != nil {
		return nil
	}
	defer rows.Close()
	var pilots []string
	for rows.Next() {
		var id string
		if rows.Scan(&id) == nil {
			pilots = append(pilots, id)
		}
	}
	return pilots
}

func (s *Server) createMission(pilot, ship string) {
	_, _ = s.db.Exec("INSERT INTO missions (pilot, ship) VALUES ($1, $2)", pilot, ship) // want-step unbounded-fan-out
}

// LoadMissions reads all there are when the server starts.
func (s *Server) LoadMissions() (*Mission, error) {
	rows, err := s.db.Query("SELECT pilot, ship FROM missions") // want unbounded-growth
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return &Mission{}, nil
}

// Mission is a call for help.
type Mission struct{ Pilot, Ship string }
