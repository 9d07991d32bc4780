package mill

import "sync"

// Sieve is filled by one function after the other.
type Sieve struct {
	mu     sync.Mutex
	mesh   map[string]int
	grains map[string]int
	dust   map[string]int
	left   map[string]int
}

func (s *Sieve) Shake(name string) {
	s.mu.Lock()
	s.mesh = map[string]int{name: 1}
	s.mu.Unlock()
	s.spread()
}

// Only the one who writes it comes here.
func (s *Sieve) spread() {
	for name := range s.mesh { // want-info "`spread` reads `Sieve.mesh` .* All who write it seem to run on the same thread"
		println(name)
	}
}

func (s *Sieve) Width(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mesh[name]
}

// All that touches the grains is a part of it.
func (s *Sieve) Sort(names []string) {
	for _, name := range names {
		s.drop(name)
		s.pick(name)
	}
	s.grains["rest"] = len(names) // want-info "`Sort` changes `Sieve.grains` .* All others who use it seem to run on the same thread"
}

func (s *Sieve) drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grains[name]++
}

func (s *Sieve) pick(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.grains, name)
}

func (s *Sieve) load() {
	println("loading")
	s.dust["old"] = 1 // want-info "`load` changes `Sieve.dust` .* By its name it loads what is there"
}

func (s *Sieve) Begin() {
	s.load()
}

func (s *Sieve) Sweep(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dust[name]++
}

func (s *Sieve) Blow(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dust[name]
}

type Shop struct {
	mu     sync.Mutex
	sieves map[string]*Sieve
}

func (s *Sieve) Leave(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left[name]++
}

func (s *Sieve) Take(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left[name]
}

func (s *Sieve) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.left)
}

func (p *Shop) DeleteSieve(name string) {
	s := p.sieves[name]
	for grain := range s.left { // want-info "`DeleteSieve` reads `Sieve.left` .* It ends the object that has the field"
		println(grain)
	}
}
