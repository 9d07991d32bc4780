package shipyard

import "sync"

type Sluice struct {
	mu    sync.RWMutex
	in    chan int
	boats map[int]bool
}

// The way before leaves the select with its `break`.
func (s *Sluice) run() {
	for {
		select {
		case level := <-s.in:
			s.mu.RLock()
			if level > 3 {
				s.mu.RUnlock()
				break
			}
			s.drain() // want "`run` holds `Sluice.mu` for reading and calls `drain`, which takes it for writing"
			s.mu.RUnlock()
		}
	}
}

func (s *Sluice) drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.boats)
}
