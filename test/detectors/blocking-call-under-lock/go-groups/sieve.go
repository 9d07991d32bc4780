package mill

import "sync"

// Sieve is waited for only where it does not need the lock: it has said that it is done, or not begun yet.
type Sieve struct {
	mu     sync.Mutex
	grains map[string]int
	shakes sync.WaitGroup
}

var sieve = &Sieve{grains: map[string]int{}}

func (s *Sieve) Shake(name string) {
	go func() {
		fetch(name)
		s.shakes.Done()
		s.Grain(name)
	}()
	go s.turn(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shakes.Wait() // want "`Shake` holds `Sieve.mu` while it waits .*such as `\w+`, wait as long\.$"
}

func (s *Sieve) turn(name string) {
	s.mu.Lock()
	s.grains[name]++
	s.mu.Unlock()
	s.shakes.Add(1)
	defer s.shakes.Done()
	fetch(name)
}

func (s *Sieve) Grain(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grains[name]
}

func (s *Sieve) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.grains)
}
