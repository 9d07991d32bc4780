package pier

import (
	"net/http"
	"os"
	"sync"
)

type Call struct{ ship string }

// Pier answers calls by radio.
type Pier struct {
	mu     sync.Mutex
	logMu  sync.Mutex
	calls  chan Call
	quit   chan struct{}
	open   bool
	berths map[string]int
}

// Listen runs for each call that comes in.
func (p *Pier) Listen() {
	for p.open {
		select {
		case <-p.quit:
			p.leave()
			return
		case call := <-p.calls:
			p.answer(call)
		}
	}
}

func (p *Pier) answer(call Call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for range p.berths {
		os.ReadFile(call.ship) // want "`answer` holds `Pier.mu` while it reads or writes files"
	}
}

// Once, when it is over.
func (p *Pier) leave() {
	p.logMu.Lock()
	defer p.logMu.Unlock()
	for name := range p.berths {
		os.ReadFile(name)
	}
}

func (p *Pier) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.berths)
}

func (p *Pier) Logged() int {
	p.logMu.Lock()
	defer p.logMu.Unlock()
	return len(p.berths)
}

// Desk hands each ship a channel with room for what it is told.
type Desk struct {
	mu      sync.Mutex
	waiting map[string]chan<- int
}

func (d *Desk) Wait(ship string) <-chan int {
	told := make(chan int, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting[ship] = told
	return told
}

func (d *Desk) Tell(ship string, berth int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if told, ok := d.waiting[ship]; ok {
		told <- berth // want-info "handed in by somebody"
	}
}

func (d *Desk) Served(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting[r.URL.Path] = nil
	w.Write([]byte("done")) // want-info "`Served` holds `Desk.mu` .* one answer to a client"
}

func (d *Desk) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.waiting)
}
