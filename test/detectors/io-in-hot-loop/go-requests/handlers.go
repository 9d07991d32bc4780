package clinic

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Visit struct{ ID, Patient int }

type API struct{ db *sql.DB }

func (a *API) routes() {
	http.HandleFunc("/visits", a.list)
	http.HandleFunc("/visits/close", a.close)
	http.HandleFunc("/visits/count", a.count)
	http.HandleFunc("/visits/bill", func(w http.ResponseWriter, r *http.Request) {
		visits := a.visits()
		for i := 0; i < len(visits); i++ {
			a.bill(visits[i], true) // want "each request to `/visits/bill` × each of `visits` × 1 INSERT on `bills` .*`true` given for `send`"
		}
	})
}

func (a *API) list(w http.ResponseWriter, r *http.Request) {
	for _, visit := range a.visits() {
		patient := a.patient(visit.Patient) // want "A round trip for each of `a.visits\(\)`: each request to `/visits` × each of `a.visits\(\)` × 1 SELECT on `patients`"
		json.NewEncoder(w).Encode(patient)
	}
}

func (a *API) close(w http.ResponseWriter, r *http.Request) {
	var ids []int
	json.NewDecoder(r.Body).Decode(&ids)
	for _, id := range ids {
		if _, err := a.db.Exec("UPDATE visits SET closed = true WHERE id = $1", id); err != nil { // want "each of `ids` × 1 UPDATE on `visits`"
			http.Error(w, err.Error(), 500)
			return
		}
	}
}

// No number, though the name begins like one.
func (a *API) count(w http.ResponseWriter, r *http.Request) {
	countries := a.countries()
	for _, country := range countries {
		a.db.Exec("UPDATE visits SET counted = true WHERE country = $1", country) // want "each of `countries` × 1 UPDATE on `visits`"
	}
}

func (a *API) countries() []string { return nil }

func (a *API) visits() []Visit { return nil }

func (a *API) patient(id int) string {
	var name string
	a.db.QueryRow("SELECT name FROM patients WHERE id = $1", id).Scan(&name)
	return name
}

func (a *API) bill(visit Visit, send bool) {
	a.write(visit, send)
}

func (a *API) write(visit Visit, now bool) {
	if now {
		a.db.Exec("INSERT INTO bills (visit) VALUES ($1)", visit.ID)
	}
}
