package yard

import "sync"

type Slip struct {
	mu    sync.Mutex
	boats map[string]int
	log   *slipLog
}

type slipLog struct {
	mu    sync.Mutex
	lines []string
}

// append adds a line. slipLog.mu must be held while this is called. Slip.mu must not be held.
func (l *slipLog) append(line string) { l.lines = append(l.lines, line) }

func (s *Slip) Note(line string) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.append(line)
}

// Crane works under the lock of whatever it stands on.
type Crane struct {
	mu   *sync.Mutex
	load int
}

// lift moves the load. c.mu must be held.
func (c *Crane) lift(load int) { c.load = load }

func (c *Crane) Lift(load int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lift(load)
}

func (s *Slip) Haul(c *Crane, boat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.lift(s.boats[boat])
}

var wharfMu sync.RWMutex
var wharves = map[string]int{}

// wharfMu must be held.
func measure(name string) int { return wharves[name] }

func Longest() int {
	wharfMu.Lock()
	defer wharfMu.Unlock()
	return measure("longest")
}

// What is handed to a helper runs when that is ready.
func LengthOf(name string) int { return cached(name, measure) }

func cached(name string, find func(string) int) int {
	wharfMu.RLock()
	length, ok := wharves[name]
	wharfMu.RUnlock()
	if ok {
		return length
	}
	wharfMu.Lock()
	defer wharfMu.Unlock()
	wharves[name] = find(name)
	return wharves[name]
}

type Gate struct {
	mu   sync.Mutex
	bars int
}

// write keeps the gate. The mu lock must be held.
func (g *Gate) write() { g.bars++ }

func (g *Gate) Write() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.write()
}

// Only a gate that nobody else knows yet is converted.
func (g *Gate) convert() { g.write() }

func (s *Slip) AddGate(bars int) *Gate {
	g := &Gate{bars: bars}
	if bars > 1 {
		g.convert()
	}
	return g
}
