package mill

import (
	"fmt"
	"sync"
)

// Oven is asked by many at a time.
type Oven struct {
	mu    sync.Mutex
	heat  int
	wood  int
	smoke int
}

func (o *Oven) Light() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.heat++
	o.wood--
	o.smoke++
}

func (o *Oven) Rest() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.heat--
	o.wood++
	o.smoke--
}

func (o *Oven) Report() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return fmt.Sprint(o.heat, o.wood, o.smoke)
}

func (o *Oven) Glow() int {
	return o.smoke // want-info "`Glow` reads `Oven.smoke` .* a single value that is read"
}

// Two values that belong together.
func (o *Oven) Fire() (int, int) {
	return o.heat, o.wood // want "`Fire` reads `Oven.heat` .* When `Light` writes it meanwhile, old and new"
}

// Shelf holds what was baked.
type Shelf struct {
	mu     sync.Mutex
	loaves map[string]int
	rolls  map[string]int
	cakes  []string
	pies   map[string]int
	tarts  map[string]int
}

func (s *Shelf) Put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaves[name]++
	s.rolls[name]++
	s.cakes = append(s.cakes, name)
	s.pies[name]++
	s.tarts[name]++
}

func (s *Shelf) Take(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaves[name]--
	s.rolls[name]--
	s.cakes = s.cakes[1:]
	s.pies[name]--
	s.tarts[name]--
}

func (s *Shelf) Announce() {
	fmt.Println("loaves:", len(s.loaves)) // want-info "`Announce` reads `Shelf.loaves` .* only asks how long it is"
}

func (s *Shelf) IsReady() bool {
	if s.rolls == nil { // want-info "`IsReady` reads `Shelf.rolls` .* only asks how long it is, or whether it is there"
		return false
	}
	return true
}

// A loop that is as long as the list was.
func (s *Shelf) Call() {
	for i := 0; i < len(s.cakes); i++ { // want "`Call` reads `Shelf.cakes` .* When `Put` changes it meanwhile, half a change"
		fmt.Println(i)
	}
}

// What is measured is looked into as well.
func (s *Shelf) List() []string {
	names := make([]string, 0, len(s.pies)) // want "`List` reads `Shelf.pies` .* When `Put` changes the map meanwhile, the process ends"
	for name := range s.pies {
		names = append(names, name)
	}
	return names
}

func (s *Shelf) Hash() int {
	// It would be right to take s.mu, which costs too much.
	sum := 0
	for name := range s.tarts { // want-info "`Hash` reads `Shelf.tarts` .* A comment in the function speaks of"
		sum += len(name)
	}
	return sum
}
