package guild

import (
	"database/sql"
	"net/http"

	"xorm.io/xorm"
)

// One handler for every kind of thing: which method it calls is decided when it runs.
type Model interface {
	Create(s *xorm.Session) error
	Name() string
}

type Handler struct{ make func() Model }

func routes(h *Handler) {
	http.HandleFunc("/models", h.create)
}

func (h *Handler) create(w http.ResponseWriter, r *http.Request) {
	model := h.make()
	model.Create(nil)
}

type Base struct{}

func (Base) Name() string { return "" }

type A struct{ Base }
type B struct{ Base }
type C struct{ Base }
type D struct{ Base }
type E struct{ Base }

func (A) Create(s *xorm.Session) error { return nil }
func (B) Create(s *xorm.Session) error { return nil }
func (C) Create(s *xorm.Session) error { return nil }
func (D) Create(s *xorm.Session) error { return nil }
func (E) Create(s *xorm.Session) error { return nil }

type Share struct{ ID int }

// Has the rest of the interface from the interface itself.
type Copy struct {
	Model
	From int
}

func (c *Copy) Create(s *xorm.Session) error {
	shares := []*Share{}
	if err := s.Where("project = ?", c.From).Find(&shares); err != nil {
		return err
	}
	for _, share := range shares {
		s.Insert(share) // want "Each request to `/models` makes 1 row .*for each of `shares`"
	}
	return nil
}

// Hands work to the one goroutine that may write, and waits for it: nothing piles up.
type Writer struct {
	todo chan func()
	done chan error
}

func (w *Writer) Do(f func()) error {
	w.todo <- f
	return <-w.done
}

type Archive struct {
	writer *Writer
	db     *sql.DB
}

func (a *Archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rows, _ := a.db.Query("SELECT id FROM members")
	for rows.Next() {
		a.writer.Do(func() {})
	}
}
