package harbour

import "sync"

type Slip struct {
	mu    sync.Mutex
	boats map[string]int
	log   *slipLog
}

type slipLog struct {
	mu    sync.Mutex
	lines []string
}

// append adds a line. slipLog.mu must be held while this is called. Slip.mu must not be held.
func (l *slipLog) append(line string) { l.lines = append(l.lines, line) }

func (s *Slip) Note(line string) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.append(line)
}

func (s *Slip) Launch(boat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.append(boat) // want "`Launch` calls `\(\*slipLog\)\.append` while it holds `Slip\.mu`"
}

// sweep empties the slip. The mu lock must be held.
func (s *Slip) sweep() { s.boats = nil }

func (s *Slip) Sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
}

func (s *Slip) tidy() {
	s.sweep() // want "`tidy` calls `\(\*Slip\)\.sweep` without holding `Slip\.mu`"
}

// The object of a function without a name is that of the one around it.
func (s *Slip) TidyLater() {
	go func() { s.tidy() }()
}
