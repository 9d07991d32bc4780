package watch

import (
	"net/http"
	"sync"
)

const (
	running = iota
	stopping
)

type Watch struct {
	mu     sync.Mutex
	state  int
	guards []func()
	bells  []func()
	lamps  []func()
	drums  []func()
	horns  []func()
}

func (t *Watch) routes() {
	http.HandleFunc("/stop", t.stop)
	http.HandleFunc("/ring", t.ring)
	http.HandleFunc("/light", t.light)
	http.HandleFunc("/drum", t.drum)
	http.HandleFunc("/blow", t.blow)
}

func (t *Watch) stop(w http.ResponseWriter, r *http.Request) {
	for _, guard := range t.guards {
		go guard() // want-info "Afterwards they are used up: another request finds them no more\.$"
	}
	t.guards = nil
}

func (t *Watch) ring(w http.ResponseWriter, r *http.Request) {
	for _, bell := range t.bells {
		go bell() // want "starts 1 goroutine for each of `t.bells`\. None of four"
	}
}

// It lights them once, however often it is asked.
func (t *Watch) light(w http.ResponseWriter, r *http.Request) {
	if t.state == running {
		t.state = stopping
		for _, lamp := range t.lamps {
			go lamp() // want-info "The state is asked for before, and changed: another request finds it changed\.$"
		}
	}
}

// What it asks for it leaves as it is.
func (t *Watch) drum(w http.ResponseWriter, r *http.Request) {
	if t.state != running {
		return
	}
	for _, drum := range t.drums {
		go drum() // want "starts 1 goroutine for each of `t.drums`\. None of four"
	}
}

func (t *Watch) blow(w http.ResponseWriter, r *http.Request) {
	if t.state != running {
		return
	}
	t.state = stopping
	t.blowAll()
}

func (t *Watch) blowAll() {
	for _, horn := range t.horns {
		go horn() // want-info "The state is asked for before, and changed: another request finds it changed\.$"
	}
}
