package berths

import "sync"

// Moorings is embedded in what uses it, and so is its lock.
type Moorings struct {
	sync.RWMutex
	byName map[string]int
}

func (m *Moorings) Moor(name string) {
	m.Lock()
	defer m.Unlock()
	m.byName[name]++
}

func (m *Moorings) Leave(name string) {
	m.Lock()
	defer m.Unlock()
	delete(m.byName, name)
}

func (m *Moorings) Count(name string) int {
	m.RLock()
	defer m.RUnlock()
	return m.byName[name]
}

// Quay reaches the lock by its own name.
type Quay struct {
	*Moorings
	length int
}

func (q *Quay) Names() []string {
	q.RLock()
	defer q.RUnlock()
	var names []string
	for name := range q.byName {
		names = append(names, name)
	}
	return names
}

// Pier is two steps away from it.
type Pier struct {
	Quay
}

func (p *Pier) Clear(name string) {
	p.Lock()
	defer p.Unlock()
	p.byName[name] = 0
}
