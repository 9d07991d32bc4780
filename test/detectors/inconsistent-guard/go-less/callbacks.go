package mill

import "sync"

// Riddle gives what it has sifted to a function that it has been handed.
type Riddle struct{ pour func(string) }

func NewRiddle(pour func(string)) *Riddle { return &Riddle{pour: pour} }

// Hopper has its riddle from outside: who uses that meanwhile is not known.
type Hopper struct {
	mu    sync.Mutex
	grain map[string]int
	riddle *Riddle
}

func NewHopper() *Hopper {
	h := &Hopper{grain: map[string]int{}}
	h.riddle = NewRiddle(h.heap)
	return h
}

func (h *Hopper) Bring(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.grain[name] = 0
}

func (h *Hopper) Take(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.grain[name]--
}

func (h *Hopper) Of(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.grain[name]
}

func (h *Hopper) heap(name string) {
	h.add(name)
}

func (h *Hopper) add(name string) {
	h.grain[name]++ // want-info "`add` changes `Hopper.grain` .* The object hands on what leads here"
}

// Gate only says whether it has a list, which nobody takes away again.
type Gate struct {
	mu   sync.Mutex
	list []string
}

func (g *Gate) Set() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.list = make([]string, 0, 8)
}

func (g *Gate) Add(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.list = append(g.list, name)
}

func (g *Gate) First() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.list[0]
}

func (g *Gate) HasList() bool {
	return g.list != nil // want-info "`HasList` reads `Gate.list` .* only asks how long it is, or whether it is there"
}
