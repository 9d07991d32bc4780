package ferries

import (
	"database/sql"
	"net/http"
	"time"
)

type Guest struct{ ID int }

type Ferries struct {
	db     *sql.DB
	guests map[int]*Guest
	clock  Clock
}

func (f *Ferries) routes() {
	http.HandleFunc("/ferries/delete", f.deleteFerry)
	http.HandleFunc("/ferries/call", f.call)
	http.HandleFunc("/ferries/board", f.board)
	http.HandleFunc("/guests", f.join)
	http.HandleFunc("/tickets", f.sync)
	http.HandleFunc("/ferries/dock", f.dock)
}

func (f *Ferries) join(w http.ResponseWriter, r *http.Request) {
	guest := &Guest{}
	f.guests[guest.ID] = guest
}

// A ferry that has gone cannot go again.
func (f *Ferries) deleteFerry(w http.ResponseWriter, r *http.Request) {
	f.db.Exec("DELETE FROM ferries WHERE id = $1", r.FormValue("ferry"))
	for _, guest := range f.guests {
		go f.tell(guest) // want-info "What is deleted is deleted once: another request finds it no more\.$"
	}
}

func (f *Ferries) sync(w http.ResponseWriter, r *http.Request) {
	for _, guest := range f.guests {
		f.upsertTicket(guest) // want-info "What is there already is only changed\.$"
	}
}

func (f *Ferries) upsertTicket(guest *Guest) {
	f.db.Exec("INSERT INTO tickets (guest) VALUES ($1)", guest.ID)
	f.db.Exec("DELETE FROM tickets WHERE guest = $1 AND at < now()", guest.ID)
}

func (f *Ferries) call(w http.ResponseWriter, r *http.Request) {
	for _, guest := range f.guests {
		go f.tell(guest) // want "starts 1 goroutine for each of `f.guests`\. None of four protections"
	}
}

// A clock does it, whenever that is.
func (f *Ferries) board(w http.ResponseWriter, r *http.Request) {
	time.AfterFunc(time.Minute, f.leave)
}

func (f *Ferries) leave() {
	for _, guest := range f.guests {
		go f.tell(guest) // want-info "The request only sets a clock, which does it later on\.$"
	}
}

type Clock interface {
	ScheduleTimer(delay time.Duration, run func())
}

func (f *Ferries) dock(w http.ResponseWriter, r *http.Request) {
	f.clock.ScheduleTimer(time.Minute, f.land)
}

func (f *Ferries) land() {
	for _, guest := range f.guests {
		go f.tell(guest) // want-info "The request only sets a clock, which does it later on\.$"
	}
}

func (f *Ferries) tell(guest *Guest) {
	f.db.Exec("UPDATE guests SET told = true WHERE id = $1", guest.ID)
}
