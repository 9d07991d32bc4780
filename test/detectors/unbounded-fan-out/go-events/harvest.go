package orchard

import (
	"database/sql"
	"net/http"

	"example.com/orchard/events"
)

type HarvestBegun struct{ Orchard int }

func (h *HarvestBegun) Name() string { return "harvest.begun" }

type FrostExpected struct{}

func (f *FrostExpected) Name() string { return "frost.expected" }

type Service struct{ db *sql.DB }

func (s *Service) routes() {
	http.HandleFunc("/harvests", s.begin)
	events.RegisterListener((&HarvestBegun{}).Name(), &TellPickers{db: s.db})
	events.RegisterListener((&FrostExpected{}).Name(), &TellOwners{db: s.db})
}

func (s *Service) begin(w http.ResponseWriter, r *http.Request) {
	events.DispatchOnCommit(s.db, &HarvestBegun{Orchard: 1})
}

type TellPickers struct{ db *sql.DB }

func (t *TellPickers) Handle(message []byte) error {
	rows, err := t.db.Query("SELECT id FROM pickers")
	if err != nil {
		return err
	}
	for rows.Next() {
		assign(t.db, t.db) // want "Each request to `/harvests` makes 1 INSERT on `tasks`"
	}
	for rows.Next() {
		getLedger(t.db)
	}
	return nil
}

// No request has it happen.
type TellOwners struct{ db *sql.DB }

func (t *TellOwners) Handle(message []byte) error {
	rows, err := t.db.Query("SELECT id FROM owners")
	if err != nil {
		return err
	}
	for rows.Next() {
		t.db.Exec("INSERT INTO tasks (owner) VALUES ($1)", 1)
	}
	return nil
}

func assign(db *sql.DB, existingSession *sql.DB) {
	if existingSession != nil {
		db.Exec("INSERT INTO tasks (picker) VALUES ($1)", 1)
	}
}

// Makes one where there is none.
func getLedger(db *sql.DB) error {
	err := db.QueryRow("SELECT id FROM ledgers").Err()
	if err != nil {
		db.Exec("INSERT INTO ledgers (id) VALUES (1)")
	}
	return err
}
