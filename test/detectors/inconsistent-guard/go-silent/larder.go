package library

import "sync"

// Larder calls back what it is made with while it holds its lock.
type Larder struct {
	mu    sync.Mutex
	jars  map[string]int
	order *Shelf
}

type Shelf struct {
	full  int
	names []string
	drop  func(name string)
}

func newShelf(full int, drop func(name string)) *Shelf {
	return &Shelf{full: full, drop: drop}
}

func (s *Shelf) add(name string) {
	s.names = append(s.names, name)
	if len(s.names) > s.full {
		s.drop(s.names[0])
		s.names = s.names[1:]
	}
}

func NewLarder() *Larder {
	larder := &Larder{jars: map[string]int{}}
	larder.order = newShelf(12, larder.dropped)
	return larder
}

func (l *Larder) Put(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.jars[name]++
	l.order.add(name)
}

func (l *Larder) Take(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.jars[name]--
}

func (l *Larder) Count(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.jars[name]
}

func (l *Larder) dropped(name string) {
	// already locked
	delete(l.jars, name)
}

// Badge is looked at without the lock by more than half of all who use it, through what it leads to.
type Gate struct {
	mu    sync.Mutex
	badge *Badge
}

type Badge struct {
	name string
	area string
}

func (g *Gate) Change(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.badge = &Badge{name: name}
}

func (g *Gate) Has() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.badge != nil
}

func (g *Gate) Renew(name string) {
	g.badge = &Badge{name: name}
}

func (g *Gate) Name() string {
	return "badge " + g.badge.name
}

func (g *Gate) Area() string {
	return "area " + g.badge.area
}
