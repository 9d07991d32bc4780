package kennel

import "sync"

// Lane is run by as many threads as there are calls.
type Lane struct {
	mu    sync.Mutex
	walks []int
}

func (l *Lane) Open(keepers []string) {
	for range keepers {
		go l.run()
	}
}

func (l *Lane) run() {
	l.walk()
	l.rest()
}

func (l *Lane) walk() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.walks = append(l.walks, len(l.walks))
}

func (l *Lane) rest() {
	for _, n := range l.walks { // want "`rest` reads `Lane.walks` without `Lane.mu`"
		println(n)
	}
}

func (l *Lane) Walks() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.walks)
}

// Unused is a type of a library: nobody calls anything of it here.
type Unused struct {
	mu    sync.Mutex
	seats map[string]int
}

func (u *Unused) Sit(name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.seats[name]++
}

func (u *Unused) Stand(name string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.seats, name)
}

func (u *Unused) Free() int {
	return len(u.seats) // want "`Free` reads `Unused.seats` without `Unused.mu`"
}

// Clock writes on its own thread, and others read.
type Clock struct {
	mu    sync.Mutex
	ticks map[int]int
}

func (c *Clock) Start() {
	go c.run()
}

func (c *Clock) run() {
	c.tick()
	c.skip()
}

func (c *Clock) tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ticks[0]++
}

func (c *Clock) skip() {
	c.ticks[1]++ // want "`skip` changes `Clock.ticks` without `Clock.mu`"
}

func (c *Clock) Ticks() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.ticks)
}
