package mill

import "sync"

type Mill struct {
	mu    sync.Mutex
	sacks map[string]int
	done  chan struct{}
}

func (m *Mill) Store(kind string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sacks[kind] += n
}

func (m *Mill) Take(kind string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := m.sacks[kind]
	delete(m.sacks, kind)
	return n
}

// Nobody calls it any more, nor whoever calls it.
func (m *Mill) kinds() int {
	return len(m.sacks) // want-info "`kinds` reads `Mill.sacks` without `Mill.mu`: .* Nothing outside tests calls it."
}

func (m *Mill) report() {
	println(m.kinds())
}

func Serve(m *Mill) {
	m.Store("rye", 3)
	m.Store("oats", m.Take("rye"))
}

// Wheel turns on a thread of its own.
type Wheel struct {
	mu    sync.Mutex
	turns []int
	stop  chan struct{}
}

func (w *Wheel) Start() {
	go w.run()
}

func (w *Wheel) run() {
	for {
		w.turn()
		w.rest()
	}
}

func (w *Wheel) turn() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.turns = append(w.turns, len(w.turns))
}

func (w *Wheel) rest() {
	for _, n := range w.turns { // want-info "`rest` reads `Wheel.turns` .* run on the same thread"
		println(n)
	}
}

func (w *Wheel) Turns() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.turns)
}

// Chest has nobody who fills it.
type Chest struct {
	mu    sync.Mutex
	coins map[string]int
}

func (c *Chest) fill(coin string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.coins[coin]++
}

func (c *Chest) empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.coins = map[string]int{}
}

func (c *Chest) Worth() int {
	worth := 0
	for _, n := range c.coins { // want-info "`Worth` reads `Chest.coins` .* calls those who write it"
		worth += n
	}
	return worth
}

func Tell(c *Chest) {
	println(c.Worth())
}
