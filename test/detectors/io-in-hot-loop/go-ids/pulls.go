package quay

import (
	"database/sql"
	"net/http"
)

type Pull struct{ ID int }
type Repo struct{ ID int }
type Review struct{ ID int }

type Pulls struct{ db *sql.DB }

func (p *Pulls) Find(number string) *Pull   { p.db.QueryRow("SELECT id FROM pulls"); return &Pull{} }
func (p *Pulls) Reviews(id int) []Review    { p.db.Query("SELECT id FROM reviews"); return nil }
func (p *Pulls) Open(id int) []Review       { p.db.Query("SELECT id FROM pulls"); return nil }
func (p *Pulls) FindRepo(name string) *Repo { p.db.QueryRow("SELECT id FROM repos"); return &Repo{} }

type Desk struct{ pulls *Pulls }

func (d *Desk) routes() {
	http.HandleFunc("GET /reviews", d.listReviews)
	http.HandleFunc("GET /open", d.listOpen)
}

// Of what one pull request has there are few.
func (d *Desk) listReviews(w http.ResponseWriter, r *http.Request) {
	pull := d.pulls.Find(r.FormValue("number"))
	reviews := d.pulls.Reviews(pull.ID)
	for _, review := range reviews {
		d.pulls.db.QueryRow("SELECT name FROM people WHERE review = $1", review.ID) // want-info "They belong to one thing that was looked up, which seldom has many\.$"
	}
}

// A repository is made to have many.
func (d *Desk) listOpen(w http.ResponseWriter, r *http.Request) {
	repo := d.pulls.FindRepo(r.FormValue("name"))
	open := d.pulls.Open(repo.ID)
	for _, pull := range open {
		d.pulls.db.QueryRow("SELECT name FROM people WHERE pull = $1", pull.ID) // want "each of `open` × 1 SELECT on `people`\.$"
	}
}
