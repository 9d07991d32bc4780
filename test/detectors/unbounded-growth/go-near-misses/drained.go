package library

import (
	"net/http"
	"sync"
)

type Desk struct {
	mu      sync.Mutex
	waiting []string
}

func NewDesk() *Desk { return &Desk{} }

func (d *Desk) routes() {
	http.HandleFunc("/desk", d.ask)
	http.HandleFunc("/desk/open", d.open)
}

func (d *Desk) ask(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = append(d.waiting, r.FormValue("reader"))
}

func (d *Desk) open(w http.ResponseWriter, r *http.Request) {
	for _, reader := range d.startServing() {
		w.Write([]byte(reader))
	}
}

// Named like a beginning, yet what there is goes to who asks.
func (d *Desk) startServing() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	waiting := d.waiting
	d.waiting = nil
	return waiting
}
