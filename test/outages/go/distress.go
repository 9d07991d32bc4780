package roads

import (
	"encoding/json"
	"net/http"
	"time"
)

// HandleDistress asks every pilot nearby for help.
func (s *Server) HandleDistress(w http.ResponseWriter, r *http.Request) { // want-step unbounded-fan-out, want-step io-in-hot-loop
	for _, pilot := range s.pilotsNear(r.FormValue("harbour")) { // want-step unbounded-fan-out, want-step io-in-hot-loop
		s.createMission(pilot, r.FormValue("ship")) // want unbounded-fan-out "Each request to `/distress` makes 1 INSERT on `missions`", want io-in-hot-loop "each request to `/distress` × each of `s\.pilotsNear\(r\.FormValue\(\"harbour\"\)\)` × 1 INSERT on `missions` \(through `\(\*Server\)\.createMission`\)"
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
	body, _ := json.Marshal(map[string]any{"ship": ship, "expires_at": time.Now().Add(time.Hour)})
	_, _ = s.db.Exec("INSERT INTO missions (pilot, body) VALUES ($1, $2)", pilot, body) // want-step unbounded-fan-out, want-step io-in-hot-loop, want-step unbounded-growth
}

// LoadMissions reads all there are when the server starts.
func (s *Server) LoadMissions() (*Mission, error) {
	rows, err := s.db.Query("SELECT pilot, body FROM missions") // want unbounded-growth "At start-up the whole table `missions` is read"
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return &Mission{}, nil
}

// CountExpired tells how many calls nobody answered in time.
func (s *Server) CountExpired() (count int, err error) {
	err = s.db.QueryRow("SELECT count(*) FROM missions WHERE (body->>'expires_at')::timestamptz < now()").Scan(&count) // want unbounded-growth "The expiry `expires_at` is"
	return count, err
}

// Mission is a call for help.
type Mission struct{ Pilot, Ship string }
