package divers

import (
	"database/sql"
	"net/http"
	"strconv"
	"time"
)

type Pier struct {
	db     *sql.DB
	divers map[string]bool
	crews  int
}

func dive(i int) { time.Sleep(time.Duration(i)) }

// As many as whoever asks writes down.
func (p *Pier) send(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	for i := 0; i < n; i++ {
		go dive(i) // want "Each request to `/send` starts 1 goroutine as many times as `n` says\. None of four protections"
	}
}

func (p *Pier) sendRange(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	for i := range n {
		go dive(i) // want "starts 1 goroutine as many times as `n` says"
	}
}

func (p *Pier) sendFew(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	if n > 100 {
		http.Error(w, "that is many", http.StatusBadRequest)
		return
	}
	for i := 0; i < n; i++ {
		go dive(i)
	}
}

func (p *Pier) sendAtMost(w http.ResponseWriter, r *http.Request) {
	asked, _ := strconv.Atoi(r.FormValue("n"))
	n := min(asked, 8)
	for i := 0; i < n; i++ {
		go dive(i)
	}
}

// How many crews there are is not the asker's to say.
func (p *Pier) sendCrews(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < p.crews; i++ {
		go dive(i)
	}
}

func (p *Pier) near(id string) []string {
	var ids []string
	for diver := range p.divers {
		if diver != id {
			ids = append(ids, diver)
		}
	}
	return ids
}

// Whom a row is for is said in the row.
func (p *Pier) signal(w http.ResponseWriter, r *http.Request) {
	for _, found := range p.near(r.FormValue("id")) {
		p.db.Exec("INSERT INTO signals (from_id, to_id) VALUES ($1, $2)", r.FormValue("id"), found) // want "makes 1 INSERT on `signals` for each of .*no cap and no expiry\.$"
	}
}

func (p *Pier) mark(w http.ResponseWriter, r *http.Request) {
	for _, found := range p.near(r.FormValue("id")) {
		p.db.Exec("INSERT INTO marks (diver) VALUES ($1)", found) // want-info "By their name these are not people"
	}
}

// Cut to a few before anything is made.
func (p *Pier) rescue(w http.ResponseWriter, r *http.Request) {
	found := p.near(r.FormValue("id"))
	if len(found) > 5 {
		found = found[:5]
	}
	for _, to := range found {
		p.db.Exec("INSERT INTO rescues (to_id) VALUES ($1)", to)
	}
}

func serve(p *Pier) {
	http.HandleFunc("/send", p.send)
	http.HandleFunc("/send/range", p.sendRange)
	http.HandleFunc("/send/few", p.sendFew)
	http.HandleFunc("/send/most", p.sendAtMost)
	http.HandleFunc("/send/crews", p.sendCrews)
	http.HandleFunc("/signal", p.signal)
	http.HandleFunc("/mark", p.mark)
	http.HandleFunc("/rescue", p.rescue)
}
