package mill

import (
	"net/http"
	"sync"
)

// Sacks are counted by one other function. What runs often, or the longer the more there are, holds it up.
type Sacks struct {
	mu   sync.Mutex
	full map[string]int
}

var sacks = &Sacks{full: map[string]int{}}

func (s *Sacks) Full() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.full)
}

func (s *Sacks) order(grain string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	http.Get("https://grain.example.com/" + grain) // want "`order` holds `Sacks.mu` .* 1 other function that needs the lock, `Full`, waits as long\.$"
	s.full[grain]++
}

func (s *Sacks) weighAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for grain := range s.full {
		http.Get("https://scales.example.com/" + grain) // want "`weighAll` holds `Sacks.mu` .* 1 other function that needs the lock, `Full`, waits as long\.$"
	}
}

// Scales are set now and then.
type Scales struct {
	mu      sync.Mutex
	weights map[string]int
}

var scales = &Scales{weights: map[string]int{}}

func (s *Scales) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.weights)
}

func (s *Scales) balance(grain string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	http.Get("https://scales.example.com/" + grain) // want-info "`balance` holds `Scales.mu` .* Only one function is seen to be kept waiting\.$"
	s.weights[grain] = 0
}

// Weights are asked for by two.
type Weights struct {
	mu    sync.Mutex
	known map[string]int
}

var weights = &Weights{known: map[string]int{}}

func (w *Weights) Count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.known)
}

func (w *Weights) Of(grain string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.known[grain]
}

func (w *Weights) check(grain string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	http.Get("https://weights.example.com/" + grain) // want "`check` holds `Weights.mu` .* 2 other functions that need the lock, such as `Count`, wait as long\.$"
	w.known[grain] = 0
}

// Stones wait for the program itself.
type Stones struct {
	mu     sync.Mutex
	worn   map[string]int
	ground chan string
}

var stones = &Stones{worn: map[string]int{}, ground: make(chan string)}

func (s *Stones) Worn() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.worn)
}

func (s *Stones) grind(grain string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ground <- grain // want-info "`grind` holds `Stones.mu` .* Only one function is seen to be kept waiting\.$"
	s.worn[grain]++
}

func serve() {
	http.HandleFunc("/order", func(w http.ResponseWriter, r *http.Request) { sacks.order(r.URL.Path) })
	http.HandleFunc("/grind", func(w http.ResponseWriter, r *http.Request) { stones.grind(r.URL.Path) })
}

func job() {
	sacks.weighAll()
	scales.balance("rye")
	weights.check("rye")
}

func main() {
	go serve()
	go job()
}
