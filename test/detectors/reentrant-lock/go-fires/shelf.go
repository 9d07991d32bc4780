package shipyard

import "sync"

var registry = struct{ desks []*Desk }{}
var registryMu sync.Mutex

// A lock of the package.
func Open() *Desk {
	registryMu.Lock()
	defer registryMu.Unlock()
	if count() > 10 { // want "holds `.*registryMu` and calls `count`, which takes it again"
		return nil
	}
	desk := &Desk{}
	registry.desks = append(registry.desks, desk)
	return desk
}

func count() int {
	registryMu.Lock()
	defer registryMu.Unlock()
	return len(registry.desks)
}

// What is embedded.
type Shelf struct {
	sync.Mutex
	books []string
}

func (s *Shelf) Put(book string) {
	s.Lock()
	defer s.Unlock()
	if !s.has(book, true) { // want "holds `Shelf` and calls `has`, which takes it again"
		s.books = append(s.books, book)
	}
}

func (s *Shelf) Replace(book string) {
	s.Lock()
	defer s.Unlock()
	if s.has(book, false) {
		s.books = nil
	}
}

func (s *Shelf) has(book string, lock bool) bool {
	if lock {
		s.Lock()
		defer s.Unlock()
	}
	for _, other := range s.books {
		if other == book {
			return true
		}
	}
	return false
}
