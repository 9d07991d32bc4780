// Package places says where a field is, and looks at it later.
package places

import "sync"

type Line struct{ n int }

type Spool struct {
	mu    sync.Mutex
	tight *Line
	slack *Line
}

func (s *Spool) Tighten() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tight = &Line{n: 1}
}

func (s *Spool) Loosen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tight = nil
	s.slack = &Line{}
}

func (s *Spool) Tight() *Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tight
}

func (s *Spool) IsTight() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tight != nil && s.tight != s.slack
}

func (s *Spool) Slack() *Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.slack
}

func (s *Spool) On(kind string, when func(func())) {
	var line **Line
	switch kind {
	case "tight":
		line = &s.tight
	case "slack":
		line = &s.slack
	}
	when(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		*line = &Line{}
	})
}

func (s *Spool) Both(other *Line) bool {
	return s.tight != other && s.tight != nil // want "`Both` reads `Spool.tight` without `Spool.mu`"
}
