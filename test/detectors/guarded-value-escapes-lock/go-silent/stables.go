package archive

import "sync"

const (
	inMemory = 1
	onDisk   = 2
	storage  = onDisk
	mode     = 2
)

type Stables struct {
	mu     sync.Mutex
	horses map[string]int
}

func (s *Stables) Feed(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.horses[name]++
}

// Each gives the stables for whoever goes on with them, and nobody does.
func (s *Stables) Each(visit func(string)) map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.horses {
		visit(name)
	}
	return s.horses
}

func (s *Stables) Groom() {
	s.Each(func(name string) { println(name) })
	defer s.Each(func(name string) { println(name) })
}

// Kept is never kept in memory.
func (s *Stables) Kept() map[string]int {
	if mode == 1 {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.horses
	}
	return nil
}

func (s *Stables) Count() int {
	return len(s.Kept())
}
