package harbour

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Ship struct{ ID string }

type Fleet struct{ Ships []Ship }

type Harbour struct{ db *sql.DB }

func (h *Harbour) routes() {
	http.HandleFunc("/fleet/new", h.enter)
	http.HandleFunc("/fleet/log", h.log)
	http.HandleFunc("/fleet/change", h.change)
	http.HandleFunc("/fleet", h.listFleet)
}

// All in one.
func (h *Harbour) enter(w http.ResponseWriter, r *http.Request) {
	var fleet Fleet
	json.NewDecoder(r.Body).Decode(&fleet)
	h.executeInTransaction(func(conn *sql.DB) error {
		for _, ship := range fleet.Ships {
			conn.Exec("INSERT INTO ships (id) VALUES ($1)", ship.ID) // want-info "It is part of a transaction\.$"
		}
		return nil
	})
}

// One for each is as many.
func (h *Harbour) log(w http.ResponseWriter, r *http.Request) {
	var fleet Fleet
	json.NewDecoder(r.Body).Decode(&fleet)
	for _, ship := range fleet.Ships {
		h.executeInTransaction(func(conn *sql.DB) error { // want-info "They are parts of the one thing that a request brings along\.$"
			conn.Exec("INSERT INTO logs (ship) VALUES ($1)", ship.ID)
			return nil
		})
	}
}

// Looked at once more before it is changed.
func (h *Harbour) change(w http.ResponseWriter, r *http.Request) {
	var fleet Fleet
	json.NewDecoder(r.Body).Decode(&fleet)
	h.executeInTransaction(func(conn *sql.DB) error {
		for _, ship := range fleet.Ships {
			conn.Query("SELECT id FROM ships WHERE id = $1", ship.ID) // want-info "It is part of a transaction\.$"
		}
		conn.Exec("UPDATE fleets SET seen = true")
		return nil
	})
}

// Somebody waits for what is looked at, in a transaction or not.
func (h *Harbour) listFleet(w http.ResponseWriter, r *http.Request) {
	var fleet Fleet
	json.NewDecoder(r.Body).Decode(&fleet)
	h.executeInTransaction(func(conn *sql.DB) error {
		for _, ship := range fleet.Ships {
			conn.Query("SELECT id FROM logs WHERE ship = $1", ship.ID) // want-info "They are parts of the one thing that a request brings along\.$"
		}
		return nil
	})
}

func (h *Harbour) executeInTransaction(run func(conn *sql.DB) error) error { return run(h.db) }
