package library

import (
	"database/sql"
	"net/http"
	"sync"
	"time"
)

type Kind string

const total = "total"

var visitors = map[string]time.Time{}

var recent []string

var counts = map[string]int{}

var perKind = map[Kind]int{}

var hits = map[string]int{}

var covers sync.Map

const maxLoans = 1000

type Desk struct {
	mu      sync.Mutex
	loans   map[string]string
	pending []string
	held    map[string]int
	tracks  map[string]int
	lent    map[string]int
	db      *sql.DB
}

// What one request is about: gone when it has been answered.
type Answer struct {
	parts map[string]string
}

func (d *Desk) routes() {
	http.HandleFunc("/visit", d.visit)
	http.HandleFunc("/search", d.search)
	http.HandleFunc("/cover", d.cover)
	http.HandleFunc("/loan", d.loan)
	http.HandleFunc("/books", d.books)
	http.HandleFunc("/books/new", d.newBook)
	http.HandleFunc("/answer", d.answer)
}

func (d *Desk) visit(w http.ResponseWriter, r *http.Request) {
	visitors[r.RemoteAddr] = time.Now()
	for who, at := range visitors {
		if time.Since(at) > time.Hour {
			delete(visitors, who)
		}
	}
}

func (d *Desk) search(w http.ResponseWriter, r *http.Request) {
	recent = append(recent, r.FormValue("q"))
	if len(recent) > 100 {
		recent = recent[1:]
	}
	counts["searches"]++
	counts[total]++
	perKind[Kind(r.FormValue("kind"))]++
	hits[SearchPath]++
}

func (d *Desk) cover(w http.ResponseWriter, r *http.Request) {
	covers.Store(r.FormValue("book"), time.Now())
}

func (d *Desk) forget(book string) {
	covers.Delete(book)
}

func (d *Desk) loan(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	reader := r.FormValue("reader")
	if len(d.loans) >= maxLoans {
		http.Error(w, "full", http.StatusServiceUnavailable)
		return
	}
	d.loans[reader] = r.FormValue("book")
	d.pending = append(d.pending, reader)
	d.held[reader] = 1
	d.tracks[reader] = 1
	d.lent[reader] = 1
	tidy(d.tracks)
	lent := d.lent
	delete(lent, "nobody")
}

func (d *Desk) flush() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pending = nil
	d.held = make(map[string]int)
}

func tidy(counts map[string]int) {
	for name := range counts {
		delete(counts, name)
	}
}

func (d *Desk) answer(w http.ResponseWriter, r *http.Request) {
	answer := &Answer{parts: map[string]string{}}
	answer.parts[r.FormValue("part")] = "text"
}

func (d *Desk) books(w http.ResponseWriter, r *http.Request) {
	d.db.Query("SELECT id FROM books LIMIT 20")
	d.db.Query("SELECT id FROM books WHERE shelf = $1", r.FormValue("shelf"))
	d.db.QueryRow("SELECT count(*) FROM books")
	d.db.Query("SELECT name FROM shelves")
	d.db.Query("SELECT name FROM languages")
	d.db.Query("SELECT name FROM members") // want-info "the whole table `members` is read: the query has no WHERE and no LIMIT\. No request is seen to add rows, and nothing in the workspace deletes any\.$"
	d.db.Query("SELECT id FROM books WHERE data->>'expires_at' < now()")
}

func (d *Desk) newBook(w http.ResponseWriter, r *http.Request) {
	d.db.Exec("INSERT INTO books (title) VALUES ($1)", r.FormValue("title"))
}

func (d *Desk) prepare() {
	d.db.Exec("CREATE INDEX books_expiry ON books ((data->>'expires_at'))")
}
