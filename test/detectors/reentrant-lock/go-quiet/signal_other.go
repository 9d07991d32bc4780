//go:build windows

package shipyard

import "sync"

type Signal struct {
	mu   sync.Mutex
	sent int
}

// No program has both this and the other file, where `Send` holds the lock.
func (s *Signal) raise() { s.Lower() }

func (s *Signal) Lower() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = 0
}
