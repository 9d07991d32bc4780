package harbour

import "sync"

// Lock turns its gates at once or later, as it was made.
type Lock struct {
	gates  sync.Mutex
	levels sync.Mutex
	eager  bool
	turned int
}

func (l *Lock) Turn() {
	l.gates.Lock()
	l.turned++
	if !l.eager {
		l.signal()
	}
	l.gates.Unlock()
	if l.eager {
		l.signal()
	}
}

func (l *Lock) signal() {
	if l.eager && l.turned > 0 {
		l.sweep()
	}
}

func (l *Lock) sweep() {
	l.levels.Lock()
	defer l.levels.Unlock()
	l.gates.Lock()
	defer l.gates.Unlock()
	l.turned = 0
}
