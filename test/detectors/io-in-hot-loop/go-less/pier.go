package pier

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"time"
)

type Schedule struct{ ID, Hour int }

type Pier struct {
	db        *sql.DB
	schedules []Schedule
}

func (p *Pier) routes() {
	http.HandleFunc("/boats", p.boats)
	http.HandleFunc("/boats/length", p.look)
	http.HandleFunc("/boats/plan", p.plan)
	http.HandleFunc("/debug/boats", p.debug)
	http.HandleFunc("/boats/sink", p.sink)
	go p.run()
}

func (p *Pier) boats(w http.ResponseWriter, r *http.Request) {
	p.count(r.URL.Query()["a"])
}

func (p *Pier) count(names []string) {
	for _, name := range names {
		p.db.Exec("UPDATE boats SET seen = true WHERE name = $1", name) // want-info "There are as many as whoever asks has named\.$"
	}
}

// What is only looked up for each is told as a note.
func (p *Pier) look(w http.ResponseWriter, r *http.Request) {
	p.sum(r.URL.Query()["a"])
}

func (p *Pier) sum(names []string) {
	for _, name := range names {
		p.db.QueryRow("SELECT length FROM boats WHERE name = $1", name) // want-info "There are as many as whoever asks has named\.$"
	}
}

func (p *Pier) plan(w http.ResponseWriter, r *http.Request) {
	for _, schedule := range p.schedules {
		p.db.Exec("UPDATE boats SET hour = $1", schedule.Hour) // want-info "There are few of these, by their name\.$"
	}
}

// Every minute, few of one thing are many of all.
func (p *Pier) run() {
	for range time.Tick(time.Minute) {
		for _, schedule := range p.schedules {
			p.db.Exec("UPDATE boats SET hour = $1", schedule.Hour) // want "every 1 min × each of `p.schedules` × 1 UPDATE on `boats`\.$"
		}
	}
}

func (p *Pier) debug(w http.ResponseWriter, r *http.Request) {
	var boats []Schedule
	json.NewDecoder(r.Body).Decode(&boats)
	for _, boat := range boats {
		p.db.Exec("UPDATE boats SET seen = true WHERE id = $1", boat.ID) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}

func (p *Pier) sink(w http.ResponseWriter, r *http.Request) {
	var boats []Schedule
	json.NewDecoder(r.Body).Decode(&boats)
	// One after the other, on purpose.
	for _, boat := range boats {
		p.db.Exec("DELETE FROM boats WHERE id = $1", boat.ID) // want-info "A comment says that one is taken after the other\.$"
	}
}
