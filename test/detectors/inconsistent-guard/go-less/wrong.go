package mill

import "sync"

// Sluice has two gates, each with a lock of its own.
type Sluice struct {
	upperMu sync.Mutex
	upper   bool
	lowerMu sync.Mutex
	lower   bool
}

func (s *Sluice) SetUpper(open bool) bool {
	s.upperMu.Lock()
	defer s.upperMu.Unlock()
	s.upper = open
	return s.upper && s.lower // want "`SetUpper` reads `Sluice.lower` without `Sluice.lowerMu`.* old and new may be seen together"
}

func (s *Sluice) OpenUpper() {
	s.upperMu.Lock()
	defer s.upperMu.Unlock()
	s.upper = true
}

func (s *Sluice) IsShut() bool {
	s.upperMu.Lock()
	defer s.upperMu.Unlock()
	return !s.upper
}

func (s *Sluice) OpenLower() {
	s.lowerMu.Lock()
	defer s.lowerMu.Unlock()
	s.lower = true
}

func (s *Sluice) ShutLower() {
	s.lowerMu.Lock()
	defer s.lowerMu.Unlock()
	s.lower = false
}

func (s *Sluice) Toggle() {
	s.lowerMu.Lock()
	defer s.lowerMu.Unlock()
	s.lower = !s.lower
}
