package mill

import "sync"

// Sacks are counted by a callback while the pool is opened, and by whoever brings one.
type Sacks struct {
	mu     sync.Mutex
	byMill map[string]int
	open   bool
}

func (s *Sacks) Init(walk func(func(string))) {
	each := func(mill string) {
		s.count(mill)
	}
	walk(each)
}

func (s *Sacks) count(mill string) {
	s.track(mill)
}

func (s *Sacks) track(mill string) {
	s.byMill[mill]++ // want-info "`track` changes `Sacks.byMill` .* It is written in what makes the object"
}

func (s *Sacks) Bring(mill string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byMill[mill]++
}

func (s *Sacks) Take(mill string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byMill[mill]--
}

func (s *Sacks) Of(mill string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byMill[mill]
}

func (s *Sacks) All() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byMill)
}
