package mill

import (
	"net/http"
	"os"
	"sync"
)

// Wheel holds up one other function over its files; Sails hold up two.
type Wheel struct {
	mu    sync.Mutex
	turns map[string]int
}

var wheel = &Wheel{turns: map[string]int{}}

func (w *Wheel) Turns() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.turns)
}

func (w *Wheel) turn() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name := range w.turns {
		os.WriteFile(name, nil, 0o600) // want-info "`turn` holds `Wheel.mu` .* Only one function is seen to be kept waiting\.$"
	}
}

type Sails struct {
	mu    sync.Mutex
	turns map[string]int
}

var sails = &Sails{turns: map[string]int{}}

func (s *Sails) Turns() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.turns)
}

func (s *Sails) TurnsOf(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.turns[name]
}

func (s *Sails) turn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.turns {
		os.WriteFile(name, nil, 0o600) // want "`turn` holds `Sails.mu` .* wait as long\.$"
	}
}

func serve() {
	http.HandleFunc("/wheel", func(w http.ResponseWriter, r *http.Request) { wheel.turn() })
	http.HandleFunc("/sails", func(w http.ResponseWriter, r *http.Request) { sails.turn() })
}
