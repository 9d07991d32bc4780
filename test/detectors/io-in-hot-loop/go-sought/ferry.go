package ferry

import (
	"database/sql"
	"net/http"
)

type Crossing struct{ ID int }

type Ferry struct {
	db        *sql.DB
	crossings []Crossing
}

func (f *Ferry) routes() {
	http.HandleFunc("/find", f.find)
	http.HandleFunc("/count", f.count)
	http.HandleFunc("/mend", f.mend)
	http.HandleFunc("/sail", f.sail)
}

// The first that has one ends it.
func (f *Ferry) find(w http.ResponseWriter, r *http.Request) {
	isThere := false
	for _, crossing := range f.crossings {
		boats := f.boatsOf(crossing)
		if len(boats) > 0 {
			isThere = true
			break
		}
	}
	if isThere {
		w.WriteHeader(http.StatusOK)
	}
}

// All are asked.
func (f *Ferry) count(w http.ResponseWriter, r *http.Request) {
	sum := 0
	for _, crossing := range f.crossings {
		boats := f.boatsOf(crossing) // want "each of `f.crossings` × 1 SELECT on `boats` \(through `\(\*Ferry\).boatsOf`\)\.$"
		if len(boats) > 0 {
			sum++
		}
	}
}

func (f *Ferry) boatsOf(crossing Crossing) []string {
	rows, err := f.db.Query("SELECT name FROM boats WHERE crossing = $1", crossing.ID)
	if err != nil {
		return nil
	}
	defer rows.Close()
	return []string{"found"}
}

// Duplicates, which there are seldom any of.
func (f *Ferry) mend(w http.ResponseWriter, r *http.Request) {
	for _, duplicate := range f.crossings[1:] {
		f.db.Exec("UPDATE boats SET crossing = 0 WHERE crossing = $1", duplicate.ID) // want-info "It is about what is there twice, and that is seldom anything\.$"
	}
	for _, crossing := range f.crossings[1:] {
		f.db.Exec("UPDATE boats SET crossing = 0 WHERE crossing = $1", crossing.ID) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}

// A transaction that is begun by a statement.
func (f *Ferry) sail(w http.ResponseWriter, r *http.Request) {
	f.db.Exec("BEGIN IMMEDIATE")
	for _, crossing := range f.crossings {
		f.db.Exec("UPDATE boats SET away = true WHERE crossing = $1", crossing.ID) // want-info "It is part of a transaction\.$"
	}
	f.db.Exec("COMMIT")
}
