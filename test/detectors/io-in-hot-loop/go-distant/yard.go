package quay

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Yard struct {
	db     *sql.DB
	boats  []string
	closed bool
}

func (y *Yard) routes() {
	http.HandleFunc("/near", y.near)
	http.HandleFunc("/far", y.far)
	http.HandleFunc("POST /labels", y.label)
}

func (y *Yard) near(w http.ResponseWriter, r *http.Request) { y.near1() }

func (y *Yard) far(w http.ResponseWriter, r *http.Request) { y.far1() }

func (y *Yard) add(boat string) { y.boats = append(y.boats, boat) }

func (y *Yard) near1() {
	y.near2()
}

func (y *Yard) near2() {
	y.near3()
}

func (y *Yard) near3() {
	y.near4()
}

func (y *Yard) near4() {
	y.near5()
}

func (y *Yard) near5() {
	for _, boat := range y.boats {
		y.db.QueryRow("SELECT owner FROM boats WHERE id = $1", boat) // want "each request to `/near` × each of `y\.boats` × 1 SELECT on `boats`\.$"
	}
}

// What decides on the way is more than that somebody has asked.
func (y *Yard) far1() {
	y.far2()
}

func (y *Yard) far2() {
	if y.closed {
		y.far3()
	}
}

func (y *Yard) far3() {
	y.far4()
}

func (y *Yard) far4() {
	if y.closed {
		y.far5()
	}
}

func (y *Yard) far5() {
	for _, boat := range y.boats {
		y.db.QueryRow("SELECT owner FROM boats WHERE id = $1", boat) // want-info "It is a long way from the request there, on which more than the request decides\.$"
	}
}

// One thing has few of these.
func (y *Yard) label(w http.ResponseWriter, r *http.Request) {
	var labels map[string]string
	json.NewDecoder(r.Body).Decode(&labels)
	for name := range labels {
		y.db.Exec("INSERT INTO labels (name) VALUES ($1)", name) // want-info "There are few of these, by their name\.$"
	}
}
