package harbour

import "sync"

// Sums is asked for how long it is, and gone over, without its lock.
type Sums struct {
	mu    sync.Mutex
	sacks map[string]int
}

func (s *Sums) Put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sacks[name]++
}

func (s *Sums) Drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sacks, name)
}

func (s *Sums) Of(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sacks[name]
}

func (s *Sums) Total() int {
	total := len(s.sacks) // want "`Total` reads `Sums.sacks` .* the process ends"
	for _, sacks := range s.sacks {
		total += sacks
	}
	s.mu.Lock()
	s.sacks["total"] = total
	s.mu.Unlock()
	return total
}
