package harbour

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

type Ship struct{ ID, Pier string }

type Fleet struct {
	Name  string
	Ships []Ship
}

type Harbour struct {
	db     *sql.DB
	moored map[string]*Ship
}

func (h *Harbour) routes() {
	http.HandleFunc("/moored", h.list)
	http.HandleFunc("/fleet", h.create)
	http.HandleFunc("/fleet/edit", h.edit)
}

// What the server keeps.
func (h *Harbour) list(w http.ResponseWriter, r *http.Request) {
	for id := range h.moored {
		h.db.QueryRow("SELECT pier FROM ships WHERE id = $1", id) // want "each of `h.moored` × 1 SELECT on `ships`\.$"
	}
}

// What was sent.
func (h *Harbour) create(w http.ResponseWriter, r *http.Request) {
	var fleet Fleet
	json.NewDecoder(r.Body).Decode(&fleet)
	for _, ship := range fleet.Ships {
		h.db.Exec("INSERT INTO ships (id) VALUES ($1)", ship.ID) // want-info "They are parts of the one thing that a request brings along\.$"
	}
}

// The difference of two lists is short for all that is known.
func (h *Harbour) edit(w http.ResponseWriter, r *http.Request) {
	for _, pier := range difference(piers(r.FormValue("from")), piers(r.FormValue("to"))) {
		h.db.Exec("UPDATE ships SET pier = $1", pier) // want-info "Nothing shows that these are many: no query gives them, and no request or field holds them\.$"
	}
}

func difference(old, new []string) []string {
	return slices.DeleteFunc(new, func(each string) bool { return slices.Contains(old, each) })
}

func piers(text string) []string { return nil }

// The first sleep waits for something else, and what stands between the loops is done once.
func (h *Harbour) watch() {
	for {
		if h.isOpen() {
			break
		}
		time.Sleep(time.Second)
	}
	h.open()
	ticker := time.NewTicker(2 * time.Minute)
	for {
		<-ticker.C
		h.count()
	}
}

func (h *Harbour) isOpen() bool { return h.moored != nil }

func (h *Harbour) open() {
	for id := range h.moored {
		h.db.Exec("UPDATE ships SET seen = now() WHERE id = $1", id)
	}
}

func (h *Harbour) count() {
	for id := range h.moored {
		h.db.Exec("UPDATE ships SET days = days + 1 WHERE id = $1", id) // want "every 2 min × each of `h.moored` × 1 UPDATE on `ships`\.$"
	}
}
