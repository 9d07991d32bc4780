package shelter

import "sync"

// Search is read when all who look have come back.
type Search struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	found map[string]int
}

func (s *Search) Look(name string) {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		s.note(name)
	}()
}

func (s *Search) note(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found[name]++
}

func (s *Search) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.found)
}

func (s *Search) Drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.found, name)
}

func (s *Search) Found() map[string]int {
	s.wg.Wait()
	return s.found
}
