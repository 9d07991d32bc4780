package yard

import (
	"net/http"
	"sync"
)

type Yard struct {
	mu     sync.RWMutex
	other  sync.Mutex
	slots  map[string]int
	closed bool
}

// Add takes y.mu.
func (y *Yard) Add(id string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.slots[id] = 1
}

func (y *Yard) seed() {
	y.mu.Lock()
	// Calling Add here would deadlock.
	y.slots["a"] = 1
	y.mu.Unlock()
	y.Add("b")
}

// Another lock than the one the comment is about.
func (y *Yard) Reserve(id string) {
	y.other.Lock()
	defer y.other.Unlock()
	y.Add(id)
}

// drop needs the lock: callers must hold mu.
func (y *Yard) drop(id string) { delete(y.slots, id) }

func (y *Yard) Drop(id string) {
	y.mu.Lock()
	y.drop(id)
	y.mu.Unlock()
}

// every caller of dropAll holds the lock
func (y *Yard) dropAll() {
	for id := range y.slots {
		y.drop(id)
	}
}

func (y *Yard) Clear() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.dropAll()
}

// dropLater expects the same of its own caller: mu must be held.
func (y *Yard) dropLater(id string) { y.drop(id) }

func (y *Yard) Later(id string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.dropLater(id)
}

func (y *Yard) dropLocked(id string) { y.drop(id) }

// NewYard has the yard to itself.
func NewYard() *Yard {
	y := &Yard{slots: map[string]int{}}
	y.drop("none")
	return y
}

// announce must not be called while holding mu.
func (y *Yard) announce() {}

func (y *Yard) Close() {
	y.mu.Lock()
	y.closed = true
	y.mu.Unlock()
	y.announce()
}

func (y *Yard) CloseLater() {
	y.mu.Lock()
	defer y.mu.Unlock()
	go y.announce()
}

// nobodyHolds says that mu must be held, and no caller does: the comment may be old.
func (y *Yard) nobodyHolds() {}

func (y *Yard) Old() { y.nobodyHolds() }

// It is safe to call size without holding mu.
func (y *Yard) size() int { return len(y.slots) }

func (y *Yard) Size() int { return y.size() }

type gauge struct{ n int }

// up is not safe for concurrent use.
func (g *gauge) up() { g.n++ }

var gauges = &gauge{}
var gaugesMu sync.Mutex

func serve(w http.ResponseWriter, r *http.Request) {
	gaugesMu.Lock()
	gauges.up()
	gaugesMu.Unlock()
	own := &gauge{}
	own.up()
}

func routes() { http.HandleFunc("/", serve) }

// reserve gives back what is to be called when the tool is there. mu must not be held when calling toolArrived.
func (s *Shed) reserve(tool string) (toolArrived func()) {
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.tools[tool]++
	}
}

func (s *Shed) Reserve(tool string) {
	s.mu.Lock()
	toolArrived := s.reserve(tool)
	s.mu.Unlock()
	toolArrived()
}
