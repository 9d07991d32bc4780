package harbour

import (
	"errors"
	"sync"
)

type Kiosk struct {
	mu     sync.Mutex
	prices Fares
	sold   map[string]int
}

type Fares struct {
	mu  sync.Mutex
	day int
}

// What is stored is not the kiosk.
func (k *Kiosk) Reprice(day int) {
	f := Fares{day: day}
	k.mu.Lock() // want "Locks `Kiosk.mu`, and nothing unlocks it"
	k.prices = f
}

// Asked for once more behind the unlock.
func (b *Booth) Clear(mu *sync.Mutex, name string) {
	if name == "" {
		mu = nil
	}
	if mu != nil {
		mu.Lock()
		delete(b.sold, name)
		mu.Unlock()
	}
	if mu != nil {
		mu.Unlock() // want "Unlocks `mu`, which is unlocked already on one way here"
	}
}

type Booth struct {
	mu   sync.Mutex
	sold map[string]int
}

// What is called on one way is not given to anybody else.
func (b *Booth) Open(name string) error {
	b.mu.Lock()
	cleanup := func() {
		b.mu.Unlock()
	}
	if b.sold[name] == 0 {
		cleanup()
		return errors.New("sold out")
	}
	b.sold[name]--
	return nil // want "Returns here with `Booth.mu` still locked; other ways unlock it"
}

// Whether there is another one says nothing of this one.
func (b *Booth) Count(name string, other *Booth) int {
	if name != "" {
		b.mu.Lock()
	}
	count := b.sold[name]
	if other != nil {
		b.mu.Unlock() // want "Unlocks `Booth.mu`, which is not locked on every way here"
	}
	return count // want "Returns here with `Booth.mu` still locked; other ways unlock it"
}
