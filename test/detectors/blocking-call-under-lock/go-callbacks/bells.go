package bells

import (
	"sync"
	"time"
)

type Ring func(hour int)

// Tower calls whoever wants to hear it while it holds its lock.
type Tower struct {
	mu    sync.Mutex
	rings []Ring
	hour  int
}

func (t *Tower) OnRing(r Ring) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rings = append(t.rings, r)
}

func (t *Tower) Strike() {
	t.mu.Lock() // want-step "takes `Tower.mu`"
	defer t.mu.Unlock()
	t.hour++
	for _, ring := range t.rings {
		ring(t.hour) // want "holds `Tower.mu` while it calls what others have put into `Tower.rings`.* What `OnRing` is handed may need the lock itself"
	}
}

func (t *Tower) Hour() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hour
}

// Carillon calls them once it has given the lock back.
type Carillon struct {
	mu    sync.Mutex
	rings []Ring
	hour  int
}

func (c *Carillon) OnRing(r Ring) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rings = append(c.rings, r)
}

func (c *Carillon) Strike() {
	c.mu.Lock()
	c.hour++
	hour, rings := c.hour, append([]Ring(nil), c.rings...)
	c.mu.Unlock()
	for _, ring := range rings {
		ring(hour)
	}
}

// Chapel knows whom it calls: one function, which takes no time.
type Chapel struct {
	mu    sync.Mutex
	rings []Ring
	hour  int
}

func (c *Chapel) OnRing(r Ring) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rings = append(c.rings, r)
}

func (c *Chapel) Strike() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hour++
	for _, ring := range c.rings {
		ring(c.hour)
	}
}

var lastHour int

func note(hour int) { lastHour = hour }

func NewChapel() *Chapel {
	c := &Chapel{}
	c.OnRing(note)
	return c
}

// Clock was given what it calls when it was made.
type Clock struct {
	mu   sync.Mutex
	tick func()
	n    int
}

func NewClock(tick func()) *Clock {
	return &Clock{tick: tick}
}

func (c *Clock) Tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.tick() // want-info "others have put into `Clock.tick`"
}

func (c *Clock) Ticks() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// Sexton starts what he calls on its own.
type Sexton struct {
	mu    sync.Mutex
	rings []Ring
}

func (s *Sexton) OnRing(r Ring) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rings = append(s.rings, r)
}

func (s *Sexton) Strike() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ring := range s.rings {
		go ring(1)
	}
}

// Choir keeps those who listen as structs, with a function that is known.
type Choir struct {
	mu          sync.Mutex
	subscribers map[*singer]struct{}
	n           int
}

type singer struct {
	stop func()
}

func (c *Choir) Join(wait func()) {
	s := &singer{stop: func() { time.Sleep(time.Minute) }}
	c.mu.Lock()
	c.subscribers[s] = struct{}{}
	c.mu.Unlock()
	wait()
}

func (c *Choir) Dismiss() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.subscribers {
		s.stop() // want-info "holds `Choir.mu` while it sleeps .`time.Sleep`. through `Join`"
	}
}

func (c *Choir) Size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
