package tally

import (
	"net/http"
	"sync"
)

// Index is made for a question and dropped with it, and so is what it makes.
type Index struct {
	whole *Group
	parts *Group
}

type Group struct {
	words []string
	seen  map[string]int
}

func (i *Index) Add(word string) {
	if i.whole == nil {
		i.whole = &Group{seen: map[string]int{}}
	}
	i.whole.add(word)
}

func (g *Group) add(word string) {
	g.words = append(g.words, word)
	g.seen[word] = len(g.words)
}

type Desk struct {
	mu    sync.Mutex
	index *Index
	kept  *Shelf
	given map[string]int
}

// Shelf lives as long as the desk that has it.
type Shelf struct {
	row *Row
}

type Row struct {
	books []string
}

func (s *Shelf) Add(book string) {
	s.row.add(book)
}

func (r *Row) add(book string) {
	r.books = append(r.books, book) // want "`Row.books` only ever grows"
}

// Reader is new for each request, and what it writes to is not.
type Reader struct {
	given map[string]int
	desk  *Desk
}

func (r *Reader) note(word string) {
	r.desk.given[word]++ // want "`Desk.given` only ever grows"
}

func NewDesk() *Desk {
	return &Desk{index: &Index{}, kept: &Shelf{row: &Row{}}, given: map[string]int{}}
}

func (d *Desk) routes() {
	http.HandleFunc("/ask", d.ask)
}

func (d *Desk) ask(w http.ResponseWriter, r *http.Request) {
	index := &Index{}
	for _, word := range r.Form["word"] {
		index.Add(word)
	}
	d.kept.Add(r.FormValue("book"))
	reader := &Reader{given: d.given, desk: d}
	reader.note(r.FormValue("word"))
}
