package harbour

import (
	"errors"
	"sync"
)

var errLeased = errors.New("leased")

type Leases struct {
	mu     sync.Mutex
	owners map[string]string
}

// By its name it takes a lease; who is refused one has no lock to give back either.
func (l *Leases) Acquire(berth, owner string) error {
	l.mu.Lock()
	if _, ok := l.owners[berth]; ok {
		return errLeased // want "Returns here with `Leases.mu` still locked; other ways unlock it"
	}
	l.owners[berth] = owner
	l.mu.Unlock()
	return nil
}

func (l *Leases) Hold(berth, owner string) bool {
	l.mu.Lock()
	if l.owners[berth] != owner {
		return false // want "Returns here with `Leases.mu` still locked; other ways unlock it"
	}
	l.owners[berth] = owner
	l.mu.Unlock()
	return true
}

func (l *Leases) Release(berth string) {
	l.mu.Lock()
	if l.owners[berth] == "" {
		return // want "Returns here with `Leases.mu` still locked; other ways unlock it"
	}
	delete(l.owners, berth)
	l.mu.Unlock()
}
