package tides

import (
	"net/http"
	"sync"
)

// Tides tells all who listen, each through a channel with some room.
type Tides struct {
	mu      sync.Mutex
	ears    map[string]chan int
	waiting map[string]chan int
	level   int
}

func (t *Tides) Listen(w http.ResponseWriter, r *http.Request) {
	ear := make(chan int, 8)
	t.mu.Lock()
	t.ears[r.RemoteAddr] = ear
	t.mu.Unlock()
	for level := range ear {
		w.Write([]byte{byte(level)})
	}
}

func (t *Tides) Tell(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, ear := range t.ears {
		ear <- t.level // want-info "Whoever reads slowly from one of them holds up all, once it has no room\.$"
	}
}

// Nobody waits for those who are slow.
func (t *Tides) Hint(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, ear := range t.ears {
		select {
		case ear <- t.level:
		default:
		}
	}
}

func (t *Tides) Wait(w http.ResponseWriter, r *http.Request) {
	turn := make(chan int, 1)
	t.mu.Lock()
	t.waiting[r.RemoteAddr] = turn
	t.mu.Unlock()
	w.Write([]byte{byte(<-turn)})
}

// Each is told once.
func (t *Tides) Turn(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, turn := range t.waiting {
		turn <- t.level
	}
	t.waiting = map[string]chan int{}
}

func (t *Tides) Level(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w.WriteHeader(t.level)
}

// What somebody has filled in is there in a moment.
func (t *Tides) Set(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.level = len(r.FormValue("level"))
}

func main() {
	t := &Tides{ears: map[string]chan int{}, waiting: map[string]chan int{}}
	http.HandleFunc("/listen", t.Listen)
	http.HandleFunc("/tell", t.Tell)
	http.HandleFunc("/hint", t.Hint)
	http.HandleFunc("/wait", t.Wait)
	http.HandleFunc("/turn", t.Turn)
	http.HandleFunc("/level", t.Level)
	http.HandleFunc("/set", t.Set)
	http.ListenAndServe(":8080", nil)
}
