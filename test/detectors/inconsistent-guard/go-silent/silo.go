package library

import "sync"

// Silo has a condition, by which its lock goes as well.
type Silo struct {
	mu    sync.Mutex
	empty *sync.Cond
	sacks []string
}

func NewSilo() *Silo {
	s := &Silo{}
	s.empty = sync.NewCond(&s.mu)
	return s
}

func (s *Silo) Fill(sack string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sacks = append(s.sacks, sack)
}

func (s *Silo) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sacks)
}

func (s *Silo) First() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sacks[0]
}

func (s *Silo) Take() {
	s.empty.L.Lock()
	s.sacks = s.sacks[1:]
	s.empty.Broadcast()
	s.empty.L.Unlock()
}

// Stall is looked through by an object that holds its lock as long as it lives.
type Stall struct {
	mu    sync.RWMutex
	goats map[string]int
}

type stallTour struct {
	stall *Stall
	seen  []string
}

func (s *Stall) Tour() *stallTour {
	s.mu.Lock()
	return &stallTour{stall: s}
}

func (s *Stall) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.goats[name]++
}

func (s *Stall) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.goats)
}

func (s *Stall) Has(name string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.goats[name] > 0
}

func (t *stallTour) Visit() {
	for name := range t.stall.goats {
		t.seen = append(t.seen, name)
	}
}

func (t *stallTour) Finish() {
	for _, name := range t.seen {
		delete(t.stall.goats, name)
	}
	t.stall.mu.Unlock()
}

// Family is built with all its ancestors before anybody has it.
type Family struct {
	mu      sync.Mutex
	members map[string]int
}

func NewFamily(names []string) *Family {
	f := &Family{members: map[string]int{}}
	f.trace(names)
	return f
}

func (f *Family) trace(names []string) {
	if len(names) == 0 {
		return
	}
	f.members[names[0]]++
	f.trace(names[1:])
}

func (f *Family) Join(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.members[name]++
}

func (f *Family) Leave(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.members, name)
}

func (f *Family) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.members)
}
