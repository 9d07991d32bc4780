package tide

import (
	"database/sql"
	"time"
)

type Shore struct {
	db     *sql.DB
	level  int
	high   bool
	buoys  []string
	places []string
}

// A line below the level is not written.
func (s *Shore) logLine(level int, text string) {
	if level < s.level {
		return
	}
	s.db.Exec("INSERT INTO lines (text) VALUES ($1)", text)
}

// What is noted is written whatever comes.
func (s *Shore) note(text string) {
	s.db.Exec("INSERT INTO notes (text) VALUES ($1)", text)
}

func (s *Shore) Add(buoy, place string) {
	s.buoys = append(s.buoys, buoy)
	s.places = append(s.places, place)
}

func (s *Shore) Run(high func() bool) {
	for range time.Tick(5 * time.Second) {
		for _, buoy := range s.buoys {
			s.logLine(0, buoy)
		}
		for _, place := range s.places {
			s.note(place) // want "every 5 s × each of .s.places. × 1 INSERT on .notes. \(through .\(\*Shore\)\.note.\)\.$"
		}
		s.turn(high())
	}
}

// Only where the tide has turned.
func (s *Shore) turn(high bool) {
	if high == s.high {
		return
	}
	s.high = high
	for _, buoy := range s.buoys {
		s.db.Exec("UPDATE buoys SET high = $1 WHERE name = $2", high, buoy) // want-info "it is done only when something is not as it was\.$"
	}
}
