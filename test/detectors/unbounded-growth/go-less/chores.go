package lighthouse

import (
	"net/http"

	"xorm.io/xorm"
)

type Chore struct{ ID int }

type Bell struct{ ID int }

type Chores struct{ engine *xorm.Engine }

func (c *Chores) routes() {
	http.HandleFunc("/chores", c.list)
	http.HandleFunc("/chores/new", c.add)
	http.HandleFunc("/chores/done", c.done)
}

func (c *Chores) list(w http.ResponseWriter, r *http.Request) {
	chores := make([]*Chore, 0, 20)
	c.engine.Find(&chores) // want-info "rows are deleted in `\(\*Chores\).done`"
	bells := make([]*Bell, 0, 20)
	c.engine.Find(&bells) // want "nothing in the workspace deletes any"
}

func (c *Chores) add(w http.ResponseWriter, r *http.Request) {
	c.engine.Insert(&Chore{})
	c.engine.Insert(&Bell{})
}

func (c *Chores) done(w http.ResponseWriter, r *http.Request) {
	c.engine.Where("id = ?", r.FormValue("id")).Delete(new(Chore))
}
