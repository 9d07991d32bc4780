package library

import "sync"

type chosen struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *chosen) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *chosen) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *chosen) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

// What is done is up to the argument.
func (s *chosen) match(doLock bool) int {
	if doLock {
		s.mu.Lock()
	}
	tags := s.tags
	if doLock {
		s.mu.Unlock()
	}
	return len(tags)
}

type box struct{ owner *chosen }

func (b *box) match(doLock bool) bool {
	if doLock {
		b.owner.mu.Lock()
	}
	owner := b.owner
	if doLock {
		b.owner.mu.Unlock()
	}
	return len(owner.tags) > 0
}

type noticed struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *noticed) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *noticed) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *noticed) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

// The local stays what it was.
func (s *noticed) announce() {
	s.mu.Lock()
	open := s.open
	s.mu.Unlock()
	if open {
		println("open")
	}
}

type settled struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *settled) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *settled) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *settled) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

func (s *settled) sort() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
}

func (s *settled) settleAll() { s.settle() }

func (s *settled) settle() { s.settleOne() }

// By way of sort and by way of settleAll.
func (s *settled) settleOne() { s.tags[0] = "settled" }

type lent struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *lent) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *lent) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *lent) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

// The other function sees to it.
func (s *lent) borrow(tag string) { s.lower(s.index, tag) }

func (s *lent) lower(index map[string]int, tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	index[tag]--
}

type shared struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *shared) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *shared) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *shared) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

// Both go together.
func (s *shared) view() (*sync.Mutex, map[string]int) { return &s.mu, s.index }

type ended struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
	done  chan struct{}
}

func (s *ended) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *ended) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *ended) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

// Those who write have come to an end.
func (s *ended) shutdown() {
	<-s.done
	s.tags = nil
}

type filled struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
	once  sync.Once
}

func (s *filled) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *filled) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *filled) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

// Everybody waits for what runs once.
func (s *filled) fill() {
	s.once.Do(func() {
		s.index = map[string]int{}
		println("filled")
	})
}

type wiped struct {
	mu    sync.Mutex
	tags  []string
	index map[string]int
	open  bool
}

func (s *wiped) put(tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = append(s.tags, tag), true
	s.index[tag]++
}

func (s *wiped) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags, s.open = s.tags[1:], false
	delete(s.index, "")
}

func (s *wiped) first() (string, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags[0], len(s.index), s.open
}

func (s *wiped) wipe() { s.tags = nil }

// wipeAll is for tests.
func wipeAll(s *wiped) { s.wipe() }

// Used by three functions in all.
type flagged struct {
	mu   sync.Mutex
	open bool
}

func (f *flagged) Open() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = true
}

func (f *flagged) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = false
}

func (f *flagged) IsOpen() bool { return f.open }

// Only the function itself and what it waits for write.
type lazy struct {
	mu    sync.Mutex
	again sync.Once
	value string
}

func (l *lazy) Get() string {
	run(func() {
		l.mu.Lock()
		l.value = "made"
		l.mu.Unlock()
	})
	return l.value
}

func run(f func()) { f() }

func (l *lazy) One() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value
}

func (l *lazy) Two() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value
}

func (l *lazy) Three() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value
}

// Roster is noted by one.
type Roster struct {
	mu    sync.RWMutex
	names []string
	last  string
}

func (r *Roster) Note(name string) {
	r.mu.RLock()
	defer r.mu.RUnlock()

	// Made in a single thread, for which the lock for reading is enough.
	r.last = name
	if name == "" {
		return
	}
	if len(name) > 10 {
		name = name[:10]
	}
	r.names = append(r.names, name)
}

func (r *Roster) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names, r.last = nil, ""
}

func (r *Roster) Drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names, r.last = r.names[:1], ""
}

func (r *Roster) Last() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.last + r.names[0]
}
