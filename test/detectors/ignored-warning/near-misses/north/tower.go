// Package north has a function by the name of one that a comment elsewhere warns of.
package north

import "sync"

type Tower struct {
	mu     sync.Mutex
	lights int
}

func (t *Tower) Light() {
	t.mu.Lock()
	defer t.mu.Unlock()
	count(t)
}

func count(t *Tower) int { return t.lights }
