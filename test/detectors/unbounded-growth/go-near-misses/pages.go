package library

import (
	"database/sql"
	"net/http"
)

type Pages struct{ db *sql.DB }

func (p *Pages) routes() {
	http.HandleFunc("/pages", p.list)
	http.HandleFunc("/pages/new", p.add)
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) {
	query := "SELECT id, title FROM pages"
	if r.FormValue("newest") != "" {
		query += " ORDER BY id DESC"
	}
	query = query + " LIMIT 20"
	rows, err := p.db.Query(query)
	if err != nil {
		return
	}
	rows.Close()
}

func (p *Pages) add(w http.ResponseWriter, r *http.Request) {
	p.db.Exec("INSERT INTO pages (title) VALUES ($1)", r.FormValue("title"))
}
