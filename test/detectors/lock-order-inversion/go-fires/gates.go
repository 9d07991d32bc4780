package harbour

import "sync"

// A lock of one's own making: two of its kind are told apart by their place.
type Latch struct{ mu sync.Mutex }

func (l *Latch) Close() { l.mu.Lock() }
func (l *Latch) Open()  { l.mu.Unlock() }

type Lock struct {
	upper, lower Latch
	level        int
}

func (l *Lock) Raise() {
	l.lower.Close()
	l.upper.Close()
	l.level++
	l.upper.Open()
	l.lower.Open()
}

func (l *Lock) Sink() {
	l.upper.Close()
	l.lower.Close() // want "takes `Lock\.lower\.mu` while it holds `Lock\.upper\.mu`, and `Raise` takes `Lock\.upper\.mu` while it holds `Lock\.lower\.mu`"
	l.level--
	l.lower.Open()
	l.upper.Open()
}

// Two locks of one object.
type Yard struct {
	cranes sync.Mutex
	stacks sync.Mutex
}

func (y *Yard) Stack() {
	y.cranes.Lock()
	defer y.cranes.Unlock()
	y.stacks.Lock()
	defer y.stacks.Unlock()
}

func (y *Yard) Sort() {
	y.stacks.Lock()
	defer y.stacks.Unlock()
	y.move() // want "takes `Yard\.cranes` while it holds `Yard\.stacks`"
}

func (y *Yard) move() {
	y.cranes.Lock()
	defer y.cranes.Unlock()
}

// A callback that runs under a lock.
type Log struct {
	mu    sync.Mutex
	lines []string
}

type Radio struct {
	mu  sync.Mutex
	log *Log
}

func (l *Log) Each(tell func(string)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.lines {
		tell(line)
	}
}

func (r *Radio) Replay() {
	r.log.Each(func(line string) { // want-step "runs a function written in|calls"
		r.mu.Lock()
		defer r.mu.Unlock()
	})
}

func (r *Radio) Send(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log.mu.Lock() // want "`Send` takes `Log\.mu` while it holds `Radio\.mu`, and `Replay` takes `Radio\.mu` while it holds `Log\.mu`"
	r.log.lines = append(r.log.lines, line)
	r.log.mu.Unlock()
}
