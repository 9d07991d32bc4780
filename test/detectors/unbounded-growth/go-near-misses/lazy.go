package library

import (
	"net/http"

	"xorm.io/xorm"
)

var shelves []string

type Loan struct{ ID int64 }

type Branch struct {
	engine *xorm.Engine
}

func (b *Branch) routes() {
	http.HandleFunc("/shelf", b.shelf)
	http.HandleFunc("/loans", b.loans)
	http.HandleFunc("/loans/new", b.lend)
}

// Filled once, by whoever comes first.
func (b *Branch) shelf(w http.ResponseWriter, r *http.Request) {
	if shelves == nil {
		for _, name := range []string{"crime", "travel"} {
			shelves = append(shelves, name)
		}
	}
}

// A query that is put together step by step.
func (b *Branch) loans(w http.ResponseWriter, r *http.Request) {
	loans := []*Loan{}
	session := b.engine.Context(r.Context())
	session.Where("reader = ?", r.FormValue("reader"))
	session.Find(&loans)
	b.engine.Context(r.Context()).In("id", r.Form["id"]).Find(&loans)
}

func (b *Branch) lend(w http.ResponseWriter, r *http.Request) {
	b.engine.Insert(&Loan{})
}
