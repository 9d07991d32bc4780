package mill

import (
	"fmt"
	"sync"
	"time"
)

// Screen has one goroutine that does all changes, others look at what it has.
type Screen struct {
	mu    sync.Mutex
	in    chan string
	grain map[string]int
	coarse int
}

func (s *Screen) Spread(n int) {
	go s.run()
}

func (s *Screen) run() {
	for {
		select {
		case name, ok := <-s.in:
			if !ok {
				return
			}
			s.take(name)
		case <-time.After(time.Second):
			s.shake()
		}
	}
}

func (s *Screen) take(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grain[name]++
	s.coarse++
}

func (s *Screen) drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.grain, name)
	s.coarse--
}

func (s *Screen) shake() {
	for name, n := range s.grain { // want-info "`shake` reads `Screen.grain` .* All who write it seem to run on the same thread."
		if n == 0 {
			s.drop(name)
		}
	}
}

func (s *Screen) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.grain)
}

// Chute is drained by its goroutine and filled by whoever comes.
type Chute struct {
	mu    sync.Mutex
	grain map[string]int
}

func (c *Chute) Spread() {
	go c.run()
}

func (c *Chute) run() {
	for range time.Tick(time.Second) {
		c.shake()
	}
}

func (c *Chute) shake() {
	for name := range c.grain { // want "`shake` reads `Chute.grain`"
		c.drop(name)
	}
}

func (c *Chute) drop(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.grain, name)
}

func (c *Chute) Fill(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.grain[name]++
}

func (c *Chute) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.grain)
}

// Gauge is asked before anything is done with it.
type Gauge struct {
	mu    sync.Mutex
	level int
}

func (g *Gauge) Raise() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.level++
}

func (g *Gauge) Lower() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.level--
}

func (g *Gauge) Level() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.level
}

func (g *Gauge) Check(at int) error {
	if at < 0 {
		return fmt.Errorf("no such level: %d of %d", at, g.level) // want-info "It is only read for what is logged or thrown."
	}
	return nil
}

// Flume is written under the lock for reading, by one function alone.
type Flume struct {
	mu   sync.RWMutex
	gone []string
}

func (f *Flume) Note(name string) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	f.gone = append(f.gone, name) // want-info "`Note` changes `Flume.gone` while .* it takes two of these at once."
}

func (f *Flume) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone = nil
}

func (f *Flume) Last() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.gone[len(f.gone)-1]
}

func (f *Flume) Drain() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone = f.gone[:0]
}
