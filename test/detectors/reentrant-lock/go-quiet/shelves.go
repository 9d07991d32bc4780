package shipyard

import "sync"

// Rack has shelves, each with a lock of its own.
type Rack struct {
	mu      sync.RWMutex
	shelves map[string]*Shelf
}

type Shelf struct {
	mu    sync.RWMutex
	boxes [][]string
}

func (r *Rack) Boxes(name string) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.shelves[name].from(0)
}

func (r *Rack) Put(name, box string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shelves[name].put(box)
}

// Whoever puts something on a shelf has the rack to itself: nobody writes between two reads.
func (s *Shelf) from(row int) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if row+1 < len(s.boxes) {
		return append(s.boxes[row], s.from(row+1)...)
	}
	return nil
}

func (s *Shelf) put(box string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.boxes = append(s.boxes, []string{box})
}
