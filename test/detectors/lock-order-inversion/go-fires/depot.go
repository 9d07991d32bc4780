package harbour

import "sync"

type Depot struct {
	mu    sync.Mutex
	trams map[string]*Tram
}

// Tram is one of many: that it ends does not end the depot.
type Tram struct {
	mu    sync.Mutex
	depot *Depot
	line  string
}

func (d *Depot) Renumber(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, tram := range d.trams {
		tram.rename(line)
	}
}

func (t *Tram) rename(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.line = line
}

func (t *Tram) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.depot.remove(t.line) // want "`Close` takes `Depot.mu` while it holds `Tram.mu`, .* for ever\.$"
}

func (d *Depot) remove(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.trams, line)
}

// Points looks for its work at once or later, as it was made.
type Points struct {
	tracks sync.Mutex
	levers sync.Mutex
	eager  bool
	turned int
}

func (p *Points) Turn() {
	p.tracks.Lock()
	defer p.tracks.Unlock()
	if p.eager {
		p.signal()
	}
}

func (p *Points) Grease() {
	p.signal()
}

func (p *Points) signal() {
	if p.eager {
		p.sweep()
	}
}

func (p *Points) sweep() {
	p.levers.Lock()
	defer p.levers.Unlock()
	p.turned++
}

func (p *Points) Oil() {
	p.levers.Lock()
	defer p.levers.Unlock()
	p.tracks.Lock() // want "`Oil` takes `Points.tracks` while it holds `Points.levers`, and `Turn` .* for ever\.$"
	defer p.tracks.Unlock()
	p.turned++
}
