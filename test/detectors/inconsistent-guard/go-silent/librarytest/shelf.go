package librarytest

import "sync"

type shelf struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *shelf) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *shelf) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *shelf) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

func (s *shelf) Tags() []string { return s.tags[1:] }
