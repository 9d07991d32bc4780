package testkit

import "sync"

type Tracker struct {
	mu     sync.Mutex
	events []string
}

func (t *Tracker) Track(i int, event string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events[i] = event
}

func (t *Tracker) Events() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.events
}
