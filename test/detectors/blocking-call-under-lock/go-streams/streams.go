package streams

import (
	"net/http"
	"sync"
)

type River struct {
	mu    sync.Mutex
	drops chan int
	level int
	marks []int
}

func (r *River) Fill(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for drop := range r.drops { // want "`Fill` holds `River.mu` while it waits for the channel `River.drops`"
		r.level += drop
	}
}

func (r *River) pour(into *Lake) {
	for drop := range r.drops { // want-step "waits for the channel"
		into.take(drop)
	}
}

// Goes over what is there.
func (r *River) Sum(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, mark := range r.marks {
		r.level += mark
	}
}

// Takes the lock for each drop alone.
func (r *River) Drip(w http.ResponseWriter, _ *http.Request) {
	for drop := range r.drops {
		r.mu.Lock()
		r.level += drop
		r.mu.Unlock()
	}
}

func (r *River) Level(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.WriteHeader(r.level)
}

func (r *River) Highest(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.WriteHeader(len(r.marks))
}

type Lake struct {
	mu    sync.Mutex
	depth int
	inlet *River
}

func (l *Lake) take(drop int) { l.depth += drop }

func (l *Lake) Flood(w http.ResponseWriter, _ *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inlet.pour(l) // want "`Flood` holds `Lake.mu` .* through `pour`"
}

func (l *Lake) Depth(w http.ResponseWriter, _ *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.WriteHeader(l.depth)
}

func (l *Lake) IsEmpty(w http.ResponseWriter, _ *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.WriteHeader(min(l.depth, 1))
}

func Serve(r *River, l *Lake) {
	http.HandleFunc("/fill", r.Fill)
	http.HandleFunc("/sum", r.Sum)
	http.HandleFunc("/drip", r.Drip)
	http.HandleFunc("/level", r.Level)
	http.HandleFunc("/highest", r.Highest)
	http.HandleFunc("/flood", l.Flood)
	http.HandleFunc("/depth", l.Depth)
	http.HandleFunc("/empty", l.IsEmpty)
}
