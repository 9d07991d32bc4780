package library

import (
	"sync"
	"sync/atomic"
)

type Book struct{ Title string }

type Library struct {
	mu      sync.Mutex
	name    string
	books   map[string]*Book
	loans   atomic.Int64
	visits  int64
	readers sync.Map
	done    chan struct{}
	shelf   []string
	dirty   bool
	epoch   int
	size    int
}

// A constructor has the object to itself.
func NewLibrary(name string) *Library {
	l := &Library{name: name, books: map[string]*Book{}}
	l.books["atlas"] = &Book{}
	l.restore()
	return l
}

// Only the constructor calls it.
func (l *Library) restore() {
	l.books["index"] = &Book{}
	l.shelf = append(l.shelf, "index")
}

func (l *Library) Add(b *Book) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.books[b.Title] = b
	l.shelf = append(l.shelf, b.Title)
	l.sortShelf()
	l.dropLocked("old")
	l.visits++
	l.dirty = true
	l.epoch++
	l.recount()
}

func (l *Library) Remove(title string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.books, title)
	l.sortShelf()
	l.dirty = true
	l.epoch++
	l.recount()
}

func (l *Library) Get(title string) *Book {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loans.Add(1)
	if l.dirty || l.epoch > 3 || l.size == 0 {
		return nil
	}
	return l.books[title]
}

// Never written once it is made.
func (l *Library) Name() string { return l.name }

func (l *Library) Loans() int64 { return l.loans.Load() }

func (l *Library) Reader(id string) bool {
	_, ok := l.readers.Load(id)
	return ok
}

func (l *Library) Visit() { atomic.AddInt64(&l.visits, 1) }

func (l *Library) Visits() int64 { return atomic.LoadInt64(&l.visits) }

func (l *Library) Done() <-chan struct{} { return l.done }

// Every caller holds the lock.
func (l *Library) sortShelf() {
	l.shelf[0] = l.name
}

func (l *Library) dropLocked(title string) { delete(l.books, title) }

// Size must be called with mu held.
func (l *Library) Size() int { return len(l.books) }

// recount needs the lock, as all who call it have it.
func (l *Library) recount() { l.size = len(l.books) }

func (l *Library) Each(f func(*Book)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	func() {
		for _, b := range l.books {
			f(b)
		}
	}()
}

func (l *Library) Racy() bool {
	// A stale answer is fine here: no lock is needed for a hint.
	return l.dirty
}

// A value receiver has a copy.
type Settings struct {
	mu    *sync.Mutex
	limit int
}

func (s *Settings) Set(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit = n
}

func (s *Settings) Raise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit++
}

func (s Settings) Limit() int { return s.limit }

func draft() *Library {
	l := new(Library)
	l.shelf = nil
	l.epoch = 1
	var other Library
	other.epoch = 2
	copied := *l
	copied.epoch = 3
	made := NewLibrary("draft")
	made.epoch = 4
	return l
}

// Arguments of what is started are looked at before it starts.
func (l *Library) Announce() {
	l.mu.Lock()
	defer l.mu.Unlock()
	go tell(l.books["atlas"])
}

func tell(b *Book) { println(b.Title) }

// The book is another matter than the map it came from.
func (l *Library) Title(title string) string {
	l.mu.Lock()
	b, ok := l.books[title]
	l.mu.Unlock()
	if !ok || b == nil {
		return ""
	}
	return b.Title
}
