package harbour

import (
	"errors"
	"sync"
)

// Mooring is offered to one ship at a time.
type Mooring struct {
	mu      sync.Mutex
	offered *string
	taken   []string
	pending sync.Mutex
}

func (m *Mooring) Offer(ship string) error {
	m.pending.Lock()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.offered != nil {
		return errors.New("offered") // want "Returns here with `Mooring.pending` still locked"
	}
	if len(m.taken) > 10 {
		m.pending.Unlock()
		return errors.New("full")
	}
	m.offered = &ship
	return nil
}

func (m *Mooring) Take() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.offered == nil {
		return errors.New("none")
	}
	m.taken = append(m.taken, *m.offered)
	m.offered = nil
	m.pending.Unlock()
	return nil
}

// Pier is closed by whoever closes it, and nobody has locked it then.
type Pier struct {
	gate  sync.Mutex
	ships int
}

func (p *Pier) Moor() {
	p.gate.Lock()
	defer p.gate.Unlock()
	p.ships++
}

func (p *Pier) Close() {
	p.ships = 0
	p.gate.Unlock() // want "Unlocks `Pier.gate`, which nobody has locked"
}
