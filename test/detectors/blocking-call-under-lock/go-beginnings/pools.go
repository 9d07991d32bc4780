package bakery

import (
	"database/sql"
	"net/http"
	"sync"
)

// Pool opens what all use, and closes it after the last.
type Pool struct {
	mu       sync.Mutex
	refCount int
	db       *sql.DB
	rows     map[string]int
}

func (p *Pool) Get() *sql.DB {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refCount == 0 {
		p.db.Exec("PRAGMA journal_mode = WAL") // want-info "`Get` holds `Pool.mu` .* It is done once, by whoever comes first: afterwards `refCount` is set\.$"
	}
	p.refCount++
	return p.db
}

func (p *Pool) Put(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refCount--
}

func (p *Pool) Length() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.rows)
}

// Bench is used by one function, and by what ends it.
type Bench struct {
	mu    sync.Mutex
	db    *sql.DB
	open  bool
	tools map[string]int
}

func (b *Bench) Saw(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.db.Exec("INSERT INTO cuts VALUES (1)") // want-info "`Saw` holds `Bench.mu` .* No request that could be answered from memory is seen to be kept waiting\.$"
}

func (b *Bench) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open = false
	b.tools = nil
}

func serveRest(b *Bench, p *Pool) {
	http.HandleFunc("/saw", b.Saw)
	http.HandleFunc("/put", p.Put)
}

// Registry takes in what is made when the yard opens.
type Registry struct {
	mu    sync.Mutex
	db    *sql.DB
	known map[string]int
}

func (r *Registry) Admit(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.db.Exec("INSERT INTO known VALUES (?)", name) // want-info "`Admit` holds `Registry.mu` .* It runs while something is being made\.$"
	r.known[name]++
}

func (r *Registry) Known() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.known)
}

type Crane struct{}

func newCrane(r *Registry) *Crane {
	r.Admit("crane")
	return &Crane{}
}

// Seals are looked at while inspectors are about.
type Seals struct {
	mu    sync.Mutex
	whole map[string]bool
}

func (s *Seals) Whole() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.whole)
}

// Answer says yes under the lock that the inspectors hold.
//
// The look at the seal and the answer must share the same lock, or it may be
// broken in between.
func (s *Seals) Answer(yes func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	yes()
}

func answer(s *Seals) {
	s.Answer(func() {
		http.Get("https://example.com/sealed") // want-info "holds `Seals.mu` .* A comment says"
	})
}
