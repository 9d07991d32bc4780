package ledger

import "sync"

const mode = 2

var other = 1

type Stables struct {
	mu     sync.Mutex
	horses map[string]int
}

func (s *Stables) Feed(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.horses[name]++
}

// One of those who call it goes on with what it gives.
func (s *Stables) Each(visit func(string)) map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.horses {
		visit(name)
	}
	return s.horses // want "`Each` returns `Stables.horses` itself"
}

func (s *Stables) Groom() int {
	s.Each(func(name string) { println(name) })
	return len(s.Each(func(name string) { println(name) }))
}

// Kept depends on what may change.
func (s *Stables) Kept() map[string]int {
	if mode == 1 {
		return nil
	}
	if other == 1 {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.horses // want "`Kept` returns `Stables.horses` itself"
	}
	return nil
}

func (s *Stables) Count() int {
	return len(s.Kept())
}
