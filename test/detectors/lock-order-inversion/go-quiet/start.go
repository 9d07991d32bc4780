package harbour

import "sync"

type Pilots struct {
	mu    sync.Mutex
	boats map[string]*Boat
}

type Boat struct {
	mu     sync.Mutex
	pilots *Pilots
}

func (p *Pilots) Count() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, boat := range p.boats {
		boat.mu.Lock()
		boat.mu.Unlock()
	}
}

var only = &Boat{pilots: &Pilots{}}

// Before anybody else runs.
func init() {
	only.mu.Lock()
	defer only.mu.Unlock()
	only.pilots.mu.Lock()
	defer only.pilots.mu.Unlock()
}

// Nobody else has the pilots yet.
func (b *Boat) Train() *Pilots {
	b.mu.Lock()
	defer b.mu.Unlock()
	trained := &Pilots{}
	trained.mu.Lock()
	defer trained.mu.Unlock()
	return trained
}
