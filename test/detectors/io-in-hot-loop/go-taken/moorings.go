package quay

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"time"
)

type Chosen struct{ IDs []string }

type Moorings struct{ db *sql.DB }

func (m *Moorings) DeleteMooring(id string) error {
	if _, err := m.db.Exec("DELETE FROM ropes WHERE mooring = $1", id); err != nil {
		return err
	}
	_, err := m.db.Exec("DELETE FROM moorings WHERE id = $1", id)
	return err
}

func (m *Moorings) Touch(id string) error {
	_, err := m.db.Exec("UPDATE moorings SET seen = now() WHERE id = $1", id)
	return err
}

type Desk struct{ moorings *Moorings }

func (d *Desk) routes() {
	http.HandleFunc("POST /strike", d.strike)
	http.HandleFunc("POST /touch", d.touch)
	http.HandleFunc("GET /settle", d.settle)
}

// What deletes one deletes what belongs to it as well.
func (d *Desk) strike(w http.ResponseWriter, r *http.Request) {
	var chosen Chosen
	json.NewDecoder(r.Body).Decode(&chosen)
	for _, id := range chosen.IDs {
		d.moorings.DeleteMooring(id) // want-info "They are parts of the one thing that a request brings along\.$"
	}
}

func (d *Desk) touch(w http.ResponseWriter, r *http.Request) {
	var chosen Chosen
	json.NewDecoder(r.Body).Decode(&chosen)
	for _, id := range chosen.IDs {
		d.moorings.Touch(id) // want-info "They are parts of the one thing that a request brings along\.$"
	}
}

// Asked for by a link, it changes what it has looked up nevertheless.
func (d *Desk) settle(w http.ResponseWriter, r *http.Request) {
	rows, _ := d.moorings.db.Query("SELECT id FROM dues")
	for rows.Next() {
		d.moorings.db.Exec("INSERT INTO payments (due) VALUES (1)") // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}

// A clock deletes as long as it runs.
func (d *Desk) Sweep(berths []string) {
	for range time.Tick(10 * time.Second) {
		rows, _ := d.moorings.db.Query("SELECT id FROM moorings")
		for rows.Next() {
			var id string
			rows.Scan(&id)
			d.moorings.DeleteMooring(id) // want "every 10 s × each of `rows` × 1 DELETE on `ropes` \(through `\(\*Moorings\)\.DeleteMooring`\)\.$"
		}
	}
}
