package harbour

import "sync"

// Quay names who is met: whom the lock does not keep out.
type Quay struct {
	mu    sync.RWMutex
	boats map[string]int
}

func (q *Quay) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.boats = nil
}

func (q *Quay) Moor(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.boats[name]++
}

func (q *Quay) Leave(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.boats, name)
}

func (q *Quay) Names() []string {
	q.mu.RLock()
	defer q.mu.RUnlock()
	var names []string
	for name := range q.boats {
		names = append(names, name)
	}
	return names
}

func (q *Quay) Tow(name string) {
	q.mu.RLock()
	defer q.mu.RUnlock()
	delete(q.boats, name) // want "`Tow` changes `Quay.boats` while it holds .* only for reading.* When `Names` reads the map meanwhile, the process ends"
}

type Ramp struct {
	mu    sync.RWMutex
	boats map[string]int
}

func (q *Ramp) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.boats = nil
}

func (q *Ramp) Moor(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.boats[name]++
}

func (q *Ramp) Leave(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.boats, name)
}

func (q *Ramp) Names() []string {
	q.mu.RLock()
	defer q.mu.RUnlock()
	var names []string
	for name := range q.boats {
		names = append(names, name)
	}
	return names
}

func (q *Ramp) Sizes() []int {
	var sizes []int
	for _, size := range q.boats { // want "`Sizes` reads `Ramp.boats` without .* When `(?:Moor|Leave)` changes the map meanwhile"
		sizes = append(sizes, size)
	}
	return sizes
}

// Locker is looked at through what it leads to by one alone.
type Locker struct {
	mu    sync.Mutex
	badge *Tag
}

type Tag struct {
	name string
}

func (l *Locker) Change(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.badge = &Tag{name: name}
}

func (l *Locker) Has() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.badge != nil
}

func (l *Locker) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.badge = nil
}

func (l *Locker) Renew(name string) {
	l.badge = &Tag{name: name} // want "`Renew` writes `Locker.badge` without"
}

// Latch says by a method how to read its tag.
type Latch struct {
	mu  sync.Mutex
	tag *Tag
}

func (l *Latch) Set(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tag = &Tag{name: name}
}

func (l *Latch) Tag() *Tag {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.tag
}

func (l *Latch) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tag = nil
}

func (l *Latch) IsFree() bool {
	return l.tag == nil // want "`IsFree` reads `Latch.tag` without .* meanwhile, that is a data race, and an old one may be seen"
}
