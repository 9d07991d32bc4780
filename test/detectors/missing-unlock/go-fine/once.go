package orchard

import (
	"errors"
	"sync"
)

type Ladder struct {
	mu    sync.Mutex
	steps []*Step
	count int
}

type Step struct {
	mu   sync.Mutex
	feet int
}

// Given back before the end or at it, whichever comes first.
func (l *Ladder) Climb(high bool) error {
	l.mu.Lock()
	once := sync.Once{}
	unlock := func() {
		once.Do(l.mu.Unlock)
	}
	defer unlock()
	if high {
		return errors.New("too high")
	}
	l.count++
	unlock()
	return nil
}

// One of each is taken, and each is given back.
func (l *Ladder) Shake(places []int) {
	last := -1
	for _, at := range places {
		if last != at {
			l.steps[at].mu.Lock()
			last = at
		}
		l.steps[at].feet++
	}
	last = -1
	for _, at := range places {
		if last != at {
			l.steps[at].mu.Unlock()
			last = at
		}
	}
}

type Turn struct {
	locker sync.Locker
	ladder *Ladder
}

// Who gets the turn gives the lock back with it.
func take(l *Ladder, fail bool) (*Turn, error) {
	var locker sync.Locker = &l.mu
	locker.Lock()
	if fail {
		locker.Unlock()
		return nil, errors.New("failed")
	}
	return &Turn{ladder: l, locker: locker}, nil
}

func (t *Turn) End() { t.locker.Unlock() }
