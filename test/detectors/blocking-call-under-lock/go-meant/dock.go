// Package dock moors ships.
package dock

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

type Ship struct {
	mu sync.Mutex

	// mooringMu is required as well as mu to change the following fields: take it
	// first, and keep it until the ropes are where they belong.
	mooringMu sync.Mutex
	ropes     []string
	side      string
}

func (s *Ship) Moor(berth string) {
	s.mooringMu.Lock()
	defer s.mooringMu.Unlock()
	net.Dial("tcp", berth) // want-info "`Moor` holds `Ship.mooringMu` .* A comment says that the lock lets one at a time through on purpose\.$"
	s.ropes = append(s.ropes, berth)
}

func (s *Ship) Ropes() int {
	s.mooringMu.Lock()
	defer s.mooringMu.Unlock()
	return len(s.ropes)
}

// How the basin is locked.
//
// `basin.turnMutex` is taken as long as something turns in the basin, so that one
// turn has completed before another can start.
//
// `basin.mu` is taken while the basin itself changes.

type Basin struct {
	mu        sync.Mutex
	turnMutex sync.Mutex
	turns     []string
	ships     map[string]int
}

func (b *Basin) Turn(ship string) {
	b.turnMutex.Lock()
	defer b.turnMutex.Unlock()
	b.turns = append(b.turns, ship)
	net.Dial("tcp", ship) // want-info "`Turn` holds `Basin.turnMutex` .* A comment says"
}

func (b *Basin) Turns() int {
	b.turnMutex.Lock()
	defer b.turnMutex.Unlock()
	return len(b.turns)
}

func (b *Basin) Fetch(ship string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	net.Dial("tcp", ship) // want "`Fetch` holds `Basin.mu` while it goes to the network"
	b.ships[ship]++
}

func (b *Basin) Ships() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.ships)
}

type Sweeper struct {
	mu    sync.RWMutex
	swept []string
}

func (s *Sweeper) Dive(berth string) {
	// Get the read lock to block the sweep from starting.
	s.mu.RLock()
	defer s.mu.RUnlock()
	exec.Command("dive", berth).Run() // want-info "`Dive` holds `Sweeper.mu` for reading .* A comment says"
}

func (s *Sweeper) Sweep(berth string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swept = append(s.swept, berth)
}

// Lamp serializes the writes of its colours: who only reads is not meant.
type Lamp struct {
	mu      sync.RWMutex
	colours []string
}

func (l *Lamp) Light(post string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	net.Dial("tcp", post) // want "`Light` holds `Lamp.mu` for reading while it goes to the network"
}

func (l *Lamp) Paint(colour string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.colours = append(l.colours, colour)
}

func (l *Lamp) Strip() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.colours = l.colours[:0]
}

type Chart struct{ sheet []byte }

func (c *Chart) IsValid() bool { return c != nil && c.sheet != nil }

type Bridge struct {
	mu    sync.Mutex
	chart *Chart
	marks map[string]int
}

func (b *Bridge) Chart() *Chart {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.chart.IsValid() {
		return b.chart
	}
	exec.Command("plot").Run() // want-info "`Chart` holds `Bridge.mu` .* It is done once, by whoever comes first: afterwards `chart` is set"
	b.chart = &Chart{}
	return b.chart
}

func (b *Bridge) Mark(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.marks[name]++
}

type Pilots struct {
	mu    sync.RWMutex
	names map[string]string
}

func (p *Pilots) Ask(name string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	net.LookupHost(p.names[name]) // want-info "`Ask` holds `Pilots.mu` for reading .* Nobody is seen to come often for what is in memory alone"
}

func (p *Pilots) ReplaceConfig(names map[string]string) func() {
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.names = names
	}
}

type Gauge struct {
	mu     sync.Mutex
	levels map[string]string
}

func serveGauge(g *Gauge) {
	http.HandleFunc("/levels", g.List)
	go g.note("levels", make(chan bool))
}

func (g *Gauge) List(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, level := range g.levels {
		if level == r.URL.Path {
			w.Write([]byte(level)) // want-info "`List` holds `Gauge.mu` .* It is one answer to a client, and few others want the lock"
			return
		}
	}
}

func (g *Gauge) Set(name, level string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.levels[name] = level
}

// Each round takes the lock anew: that it goes on and on makes no difference to who waits. It is the second of its lock.
func (g *Gauge) note(path string, stop <-chan bool) {
	ticker := time.NewTicker(time.Minute)
	for {
		select {
		case <-ticker.C:
		case <-stop:
			return
		}
		g.mu.Lock()
		os.WriteFile(path, nil, 0o600) // want-info "It is one file"
		g.mu.Unlock()
	}
}
