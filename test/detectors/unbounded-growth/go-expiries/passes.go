package passes

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"time"
)

type terms struct {
	Gate      string
	ExpiresAt time.Time
}

type pass struct {
	Ship  string
	Terms terms
}

type Desk struct{ db *sql.DB }

func (d *Desk) routes() {
	http.HandleFunc("/passes", d.pass)
	http.HandleFunc("/permits", d.permit)
	http.HandleFunc("/slots", d.slot)
	http.HandleFunc("/notes", d.note)
}

func (d *Desk) pass(w http.ResponseWriter, r *http.Request) {
	d.keep(pass{Ship: r.FormValue("ship")})
	d.put(terms{Gate: r.FormValue("gate"), ExpiresAt: time.Now().Add(time.Hour)})
}

func (d *Desk) keep(p pass) {
	raw, _ := json.Marshal(p.Terms)
	d.db.Exec("INSERT INTO passes (ship, body) VALUES ($1, $2)", p.Ship, raw) // want "The expiry `ExpiresAt` of a row of `passes` is kept inside a document"
}

func (d *Desk) put(t terms) {
	raw, err := json.Marshal(t)
	if err != nil {
		return
	}
	d.db.Exec("INSERT INTO gates (body) VALUES ($1)", raw) // want "The expiry `ExpiresAt` of a row of `gates` is kept inside a document"
}

// A column has it, too.
func (d *Desk) permit(w http.ResponseWriter, r *http.Request) {
	raw, _ := json.Marshal(map[string]any{"expires_at": time.Now()})
	d.db.Exec("INSERT INTO permits (body, expires_at) VALUES ($1, now())", raw)
}

// Somebody deletes them.
func (d *Desk) slot(w http.ResponseWriter, r *http.Request) {
	raw, _ := json.Marshal(map[string]any{"expires_at": time.Now()})
	d.db.Exec("INSERT INTO slots (body) VALUES ($1)", raw)
	d.db.Exec("DELETE FROM slots WHERE made < now() - interval '1 day'")
}

func (d *Desk) note(w http.ResponseWriter, r *http.Request) {
	raw, _ := json.Marshal(map[string]any{"text": r.FormValue("text")})
	d.db.Exec("INSERT INTO notes (body) VALUES ($1)", raw)
	json.NewEncoder(w).Encode(map[string]any{"expires_at": time.Now()})
}
