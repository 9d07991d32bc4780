package mill

import "sync"

// Press is made ready by one, and a second one whenever somebody likes.
type Press struct {
	mu    sync.Mutex
	force int
	oil   int
}

func (p *Press) Raise() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.force++
	p.oil--
}

func (p *Press) Lower() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.force--
	p.oil--
}

func (p *Press) Sum() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.force + p.oil
}

func (p *Press) Prepare(force int) {
	if p.Sum() > force {
		return
	}
	p.force = force // want-info "By its name it prepares what others use afterwards, and it is called in one place\.$"
}

func (p *Press) prepare(oil int) {
	if p.Sum() > oil {
		return
	}
	p.oil += oil // want "What `Raise` writes meanwhile may be lost\.$"
}

func work(p *Press) {
	p.Prepare(3)
	go p.Raise()
	p.prepare(4)
	go p.Lower()
	p.prepare(5)
}

type Mill struct {
	mu    sync.Mutex
	grain int
}

func (m *Mill) Pour() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.grain++
}

func (m *Mill) Grind() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.grain--
}

func (m *Mill) Level() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.grain
}

func (m *Mill) fill(grain int) {
	if m.Level() > grain {
		return
	}
	m.grain = grain // want-info "It is given a new value whatever it had before: at worst one that somebody gives it at the same time is lost\.$"
}

func mill(m *Mill) {
	go m.Pour()
	go m.Grind()
	m.fill(4)
}
