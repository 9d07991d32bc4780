package harbour

import "sync"

var lockersMu sync.Mutex

// Fill keeps a flag of whether it holds the lock, for what runs when it fails.
func (l *Lockers) Fill(name string) error {
	held := false
	lock := func() {
		lockersMu.Lock()
		held = true
	}
	unlock := func() {
		lockersMu.Unlock()
		held = false
	}
	lock()
	entry := l.find(name)
	unlock()
	defer func() {
		if r := recover(); r != nil {
			if !held {
				lockersMu.Lock()
			}
			l.drop(entry)
			lockersMu.Unlock()
			panic(r)
		}
	}()
	return l.fill(entry)
}

var lidsMu sync.Mutex

// Shut asks for a flag that says nothing of the lock.
func (l *Lockers) Shut(name string) error {
	shut := false
	mark := func() {
		shut = true
	}
	lock := func() {
		lidsMu.Lock()
	}
	lock()
	entry := l.find(name)
	lidsMu.Unlock()
	mark()
	defer func() {
		if r := recover(); r != nil {
			if !shut {
				lidsMu.Lock()
			}
			l.drop(entry)
			lidsMu.Unlock() // want "Unlocks `harbour\.lidsMu`, which is not locked on every way here"
			panic(r)
		}
	}()
	return l.fill(entry)
}

// Lockers are numbered.
type Lockers struct{ names []string }

func (l *Lockers) find(name string) int {
	for i, one := range l.names {
		if one == name {
			return i
		}
	}
	return 0
}

func (l *Lockers) drop(entry int) { l.names[entry] = "" }

func (l *Lockers) fill(entry int) error {
	l.names[entry] += "!"
	return nil
}
