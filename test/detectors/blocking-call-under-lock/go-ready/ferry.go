package ferry

import (
	"context"
	"sync"
	"time"

	"example.com/ferry/pilots"
)

// Log keeps what its readers know in a channel with room for one: whoever has taken it puts it back.
type Log struct {
	mu    sync.Mutex
	state chan []string
	lines int
}

func NewLog() *Log {
	state := make(chan []string, 1)
	state <- nil
	return &Log{state: state}
}

func (l *Log) Write(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := <-l.state
	defer func() { l.state <- known }()
	known = append(known, line)
	l.lines++
}

func (l *Log) Lines() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines
}

type Crossing struct {
	mu      sync.Mutex
	waiting map[string]chan error
	readers []chan<- string
}

func (c *Crossing) await(ship string, arrived chan error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting[ship] = arrived
}

func (c *Crossing) Arrive(ship string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if arrived, ok := c.waiting[ship]; ok {
		arrived <- err // want-info "`Arrive` holds `Crossing.mu` .* The channel was handed in by somebody who reads from it"
	}
}

func (c *Crossing) Ships() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.waiting)
}

// Bells are rung where somebody may have gone away.
type Bells struct {
	mu    sync.Mutex
	rings map[string]chan string
}

func (b *Bells) Hang(name string) {
	ring := make(chan string)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rings[name] = ring
}

func (b *Bells) Ring(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ring, ok := b.rings[name]; ok {
		ring <- name // want "`Ring` holds `Bells.mu` while it sends to the channel"
	}
}

func (b *Bells) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rings)
}

// Heralds tell everyone who has handed in a channel to be told by.
type Heralds struct {
	mu    sync.Mutex
	wait  []chan<- string
	calls int
}

func (h *Heralds) Tell(news string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, each := range h.wait {
		each <- news // want-info "`Tell` holds `Heralds.mu` .* The channel was handed in by somebody who reads from it"
	}
}

func (h *Heralds) Calls() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.calls
}

type Desk struct {
	mu    sync.Mutex
	asked map[string]*pilots.Question
}

func (d *Desk) Answer(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked[name].Reply <- name
}

func (d *Desk) Open() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.asked)
}

type Engine struct {
	mu    sync.Mutex
	ready chan bool
	speed int
	tasks *Tasks
}

func (e *Engine) Speed() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	<-e.ready // want-info "`Speed` holds `Engine.mu` .* The channel says that something is ready"
	return e.speed
}

func (e *Engine) Set(speed int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.speed = speed
}

// Tasks run one after the other.
type Tasks struct {
	cancel context.CancelFunc
	over   chan bool
	left   chan bool
}

func (t *Tasks) halt() {
	t.cancel()
	<-t.over
}

func (t *Tasks) drain() {
	<-t.left
}

type Deck struct {
	mu    sync.Mutex
	tasks *Tasks
	cars  []string
}

func (d *Deck) Renew(tasks *Tasks) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tasks.halt() // want-info "`Renew` holds `Deck.mu` .* What it waits for has been told to end just before"
	d.tasks = tasks
}

func (d *Deck) Cars() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.cars)
}

type Hold struct {
	mu    sync.Mutex
	tasks *Tasks
	crates []string
}

func (h *Hold) Empty() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tasks.drain() // want "`Empty` holds `Hold.mu` while it waits for the channel `Tasks.left`"
}

func (h *Hold) Crates() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.crates)
}

type Ledger struct {
	mu    sync.Mutex
	rows  map[string]int
	tasks *Tasks
	pause time.Duration
}

func (l *Ledger) RestoreRows(rows map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tasks.drain() // want-info "`RestoreRows` holds `Ledger.mu` .* It runs when all that the lock guards is replaced by what was saved"
	l.rows = rows
}

func (l *Ledger) Rows() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rows)
}
