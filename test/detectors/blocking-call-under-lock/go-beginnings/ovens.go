package bakery

import (
	"sync"
	"time"
)

// Ovens are kept from starting while they stop.
type Ovens struct {
	mu     sync.Mutex
	lit    map[string]int
	rising sync.WaitGroup
	orders sync.WaitGroup
	doors  sync.WaitGroup
}

func (o *Ovens) StartRising() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rising.Wait() // want-info "`StartRising` holds `Ovens.mu` .* The lock keeps starting and stopping apart"
	o.lit["rising"]++
}

func (o *Ovens) StopRising() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.lit)
}

func (o *Ovens) StartOrder() {
	o.mu.Lock()
	defer o.mu.Unlock()
	time.Sleep(time.Minute) // want "`StartOrder` holds `Ovens.mu` while it sleeps .* as long\.$"
	o.lit["order"]++
}

func (o *Ovens) Lit() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.lit)
}

// Mills end all at once.
type Mills struct {
	mu     sync.Mutex
	known  map[string]int
	wheels sync.WaitGroup
}

func (m *Mills) HaltAll() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wheels.Wait() // want-info "`HaltAll` holds `Mills.mu` .* It runs when something starts or ends"
	m.known = nil
}

func (m *Mills) Known() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.known)
}

func (o *Ovens) Count(kind string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lit[kind]
}
