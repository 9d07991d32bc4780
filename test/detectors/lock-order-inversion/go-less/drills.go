package railway

import "sync"

// drill and storm say what comes after a fault; only tests hold drills.
var (
	drill = false
	storm = false
)

type Drydock struct {
	mu    sync.Mutex
	gates *Gates
	fault string
}

type Gates struct {
	mu   sync.Mutex
	dock *Drydock
	open int
}

func (d *Drydock) Flood() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gates.openAll()
}

func (d *Drydock) setFault(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = text
}

func (g *Gates) openAll() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open++
}

func (g *Gates) Check() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if drill {
		g.dock.setFault("stuck") // want-info "Only a note: One of them only gets there where a variable says so that only tests set\.$"
	}
}

type Slipway struct {
	mu      sync.Mutex
	cradles *Cradles
	fault   string
}

type Cradles struct {
	mu   sync.Mutex
	slip *Slipway
	open int
}

func (s *Slipway) Launch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cradles.openAll()
}

func (s *Slipway) setFault(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = text
}

func (c *Cradles) openAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open++
}

func (c *Cradles) Check() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if storm {
		c.slip.setFault("stuck") // want "When both run at once, each waits for the other's lock for ever\.$"
	}
}

func Warn() {
	storm = true
}
