package railway

import "sync"

// account is a part of several: each has one of its own.
type account struct {
	sync.Mutex
	spent int
}

type Ledger struct {
	mu       sync.Mutex
	stations map[string]*Station
}

type Station struct {
	*account
	name string
}

type Passenger struct {
	*account
	ledger *Ledger
}

func (l *Ledger) Sum() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	sum := 0
	for _, s := range l.stations {
		s.Lock()
		sum += s.spent
		s.Unlock()
	}
	return sum
}

func (p *Passenger) Arrive(name string) {
	p.Lock()
	defer p.Unlock()
	p.spent += p.ledger.fare(name) // want-info "takes `Ledger.mu` while it holds `.*account`, .* Objects of different kinds are never the same one"
}

func (l *Ledger) fare(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.stations)
}
