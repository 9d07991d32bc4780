package library

import (
	"database/sql"
	"net/http"
	"sync"
	"time"
)

var visitors = map[string]time.Time{}

var searches []string

var covers sync.Map

type Desk struct {
	mu      sync.RWMutex
	loans   map[string][]string
	history []string
	catalog *Catalog
	db      *sql.DB
}

type Catalog struct {
	views map[string]int
}

func (d *Desk) routes() {
	http.HandleFunc("/visit", d.visit)
	http.HandleFunc("/search", d.search)
	http.HandleFunc("/cover", d.cover)
	http.HandleFunc("/loan", d.loan)
	http.HandleFunc("/return", d.giveBack)
	http.HandleFunc("/books", d.books)
	http.HandleFunc("/books/new", d.newBook)
}

func (d *Desk) visit(w http.ResponseWriter, r *http.Request) {
	visitors[r.RemoteAddr] = time.Now() // want "`library.visitors` only ever grows: each request to `/visit` may add an element|`lifeboats.visitors` only ever grows"
}

func (d *Desk) search(w http.ResponseWriter, r *http.Request) {
	searches = append(searches, r.FormValue("q")) // want "searches` only ever grows: each request to `/search` adds to it"
}

func (d *Desk) cover(w http.ResponseWriter, r *http.Request) {
	covers.Store(r.FormValue("book"), time.Now()) // want "covers` only ever grows"
}

func (d *Desk) loan(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	reader := r.FormValue("reader")
	d.loans[reader] = append(d.loans[reader], r.FormValue("book")) // want "`Desk.loans` only ever grows"
	d.history = append(d.history, reader)                         // want "`Desk.history` only ever grows"
	d.catalog.look(r.FormValue("book"))
}

func (c *Catalog) look(book string) {
	c.views[book]++ // want "`Catalog.views` only ever grows"
}

func (d *Desk) books(w http.ResponseWriter, r *http.Request) {
	rows, err := d.db.Query("SELECT id, title FROM books") // want "For each request to `/books` the whole table `books` is read"
	if err != nil {
		return
	}
	rows.Close()
}

func (d *Desk) newBook(w http.ResponseWriter, r *http.Request) {
	d.db.Exec("INSERT INTO books (title) VALUES ($1)", r.FormValue("title"))
}

// Made when it is needed first: that takes nothing away.
var returned map[string]time.Time

func (d *Desk) giveBack(w http.ResponseWriter, r *http.Request) {
	if returned == nil {
		returned = map[string]time.Time{}
	}
	returned[r.FormValue("book")] = time.Now() // want "returned` only ever grows"
}
