package dikes

import (
	"database/sql"
	"net/http"
	"time"
)

type Dikes struct {
	db *sql.DB
	// Names that it is made with.
	sluices []string
	// Names that come and go.
	barges []string
}

func NewDikes(db *sql.DB, sluices []string) *Dikes {
	return &Dikes{db: db, sluices: sluices}
}

func (d *Dikes) moor(w http.ResponseWriter, r *http.Request) {
	d.barges = append(d.barges, r.FormValue("name"))
}

func (d *Dikes) watch() {
	for range time.Tick(8 * time.Second) {
		for _, sluice := range d.sluices {
			d.db.Exec("DELETE FROM levels WHERE sluice = $1", sluice) // want-info "They are as many as were given when it was made: nothing adds to them\.$"
		}
		for _, barge := range d.barges {
			d.db.Exec("UPDATE barges SET seen = now() WHERE name = $1", barge) // want "every 8 s × each of `d.barges` × 1 UPDATE on `barges`\.$"
		}
	}
}

type GroupID string

// What a set of ids names is as many as were written down.
func (d *Dikes) check(groups map[GroupID]struct{}) error {
	for group := range groups {
		if err := d.db.QueryRow("SELECT id FROM groups WHERE id = $1", group).Err(); err != nil { // want-info "There are as many as whoever asks has named\.$"
			return err
		}
	}
	return nil
}

func (d *Dikes) invite(w http.ResponseWriter, r *http.Request) {
	groups := map[GroupID]struct{}{}
	for _, group := range r.Form["group"] {
		groups[GroupID(group)] = struct{}{}
	}
	d.check(groups)
}

type Pump struct{ ID int }

type Dike struct{ ID int }

func (d *Dikes) pumpsOf(dike *Dike) []Pump {
	rows, _ := d.db.Query("SELECT id FROM pumps WHERE dike = $1", dike.ID)
	var pumps []Pump
	for rows.Next() {
		var pump Pump
		rows.Scan(&pump.ID)
		pumps = append(pumps, pump)
	}
	return pumps
}

// The rows of one thing that was looked up before.
func (d *Dikes) states(dike *Dike) {
	pumps := d.pumpsOf(dike)
	for _, pump := range pumps {
		d.db.Query("SELECT state FROM states WHERE pump = $1", pump.ID) // want-info "They belong to one thing that was looked up, which seldom has many\.$"
	}
}

func (d *Dikes) getState(w http.ResponseWriter, r *http.Request) {
	var dike Dike
	d.db.QueryRow("SELECT id FROM dikes WHERE name = $1", r.FormValue("name")).Scan(&dike.ID)
	d.states(&dike)
}

// Of what is there, and not of one.
func (d *Dikes) getPumps(w http.ResponseWriter, r *http.Request) {
	pumps := d.allPumps()
	for _, pump := range pumps {
		d.db.Query("SELECT state FROM states WHERE pump = $1", pump.ID) // want "each of `pumps` × 1 SELECT on `states`\.$"
	}
}

func (d *Dikes) allPumps() []Pump {
	rows, _ := d.db.Query("SELECT id FROM pumps")
	var pumps []Pump
	for rows.Next() {
		var pump Pump
		rows.Scan(&pump.ID)
		pumps = append(pumps, pump)
	}
	return pumps
}

func (d *Dikes) serve() {
	http.HandleFunc("GET /open", d.getOpen)
	http.HandleFunc("/moor", d.moor)
	http.HandleFunc("/invite", d.invite)
	http.HandleFunc("/pick", d.pick)
	http.HandleFunc("GET /state", d.getState)
	http.HandleFunc("GET /pumps", d.getPumps)
}
