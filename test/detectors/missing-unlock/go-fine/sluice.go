package orchard

import "sync"

type Sluice struct {
	mu   sync.RWMutex
	in   chan int
	quit chan struct{}
	open bool
}

// A `break` in a condition leaves the select, not the condition alone.
func (s *Sluice) run() {
	for {
		select {
		case level := <-s.in:
			s.mu.RLock()
			if level > 3 {
				s.mu.RUnlock()
				break
			}
			s.mu.RUnlock()
		case <-s.quit:
			return
		}
	}
}

func (s *Sluice) set(kind string, level int) {
	s.mu.Lock()
	switch kind {
	case "high":
		if level > 3 {
			s.mu.Unlock()
			break
		}
		s.open = true
		s.mu.Unlock()
	default:
		s.mu.Unlock()
	}
}
