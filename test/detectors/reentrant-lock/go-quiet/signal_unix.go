//go:build linux || darwin

package shipyard

import "sync"

type Signal struct {
	mu   sync.Mutex
	sent int
}

func (s *Signal) Send() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.raise()
}

func (s *Signal) raise() { s.sent++ }

func (s *Signal) Lower() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = 0
}
