package library

import (
	"net/http"

	"xorm.io/xorm"
)

type Project struct{ ID int }

type Projects struct{ session *xorm.Session }

func (p *Projects) routes() {
	http.HandleFunc("/projects", p.list)
	http.HandleFunc("/projects/new", p.add)
}

// The conditions are in a text of its own.
func (p *Projects) list(w http.ResponseWriter, r *http.Request) {
	projects := []*Project{}
	p.session.SQL("SELECT * FROM projects WHERE owner = ?", r.FormValue("owner")).Find(&projects)
}

func (p *Projects) add(w http.ResponseWriter, r *http.Request) {
	p.session.Insert(&Project{})
}
