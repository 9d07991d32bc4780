package orchard

import (
	"database/sql"
	"net/http"
	"time"
)

type settings struct{ Mirrors []string }

type station struct {
	db       *sql.DB
	config   settings
	stations []string
}

func (s *station) routes() {
	http.HandleFunc("/stations", s.handle)
}

func (s *station) handle(w http.ResponseWriter, r *http.Request) {
	s.startsWorkers()
	s.isConfigured()
	s.fallsBack(r.URL.Query()["responder"])
	s.writesSegments(nil)
}

// Each goes its own pace from here on.
func (s *station) startsWorkers() {
	for _, name := range s.stations {
		go s.measure(name)
	}
}

func (s *station) measure(name string) {
	s.db.Exec("UPDATE stations SET started = now() WHERE name = $1", name)
	for {
		time.Sleep(time.Minute)
		s.db.Exec("UPDATE stations SET seen = now() WHERE name = $1", name)
	}
}

func (s *station) isConfigured() {
	for _, mirror := range s.config.Mirrors {
		s.db.Exec("INSERT INTO mirrors VALUES ($1)", mirror)
	}
}

func (s *station) fallsBack(responders []string) {
	for _, responder := range responders {
		_, postErr := s.db.Exec("SELECT ask($1)", responder)
		if postErr == nil {
			break
		}
	}
}

func (s *station) writesSegments(segments [][]int) {
	for _, segment := range segments {
		s.db.Exec("INSERT INTO readings SELECT unnest($1::int[])", segment)
	}
}
