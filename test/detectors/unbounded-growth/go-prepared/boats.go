package quay

import (
	"net/http"

	"github.com/xorm-io/xorm"
)

type Boat struct{ Name string }
type Chart struct{ Name string }

type Yard struct{ engine *xorm.Engine }

func (y *Yard) routes() {
	http.HandleFunc("/boats", y.boats)
	http.HandleFunc("/charts", y.charts)
	http.HandleFunc("/add", y.add)
}

func (y *Yard) add(w http.ResponseWriter, r *http.Request) {
	y.engine.Insert(&Boat{Name: r.FormValue("name")})
	y.engine.Insert(&Chart{Name: r.FormValue("name")})
}

func pageOf(engine *xorm.Engine, offset int, size int) *xorm.Session {
	return engine.Where("1 = 1").Limit(size, offset)
}

// Another function has put the query together.
func (y *Yard) boats(w http.ResponseWriter, r *http.Request) {
	boats := []*Boat{}
	session := pageOf(y.engine, 0, 20)
	session.Find(&boats)
}

func (y *Yard) charts(w http.ResponseWriter, r *http.Request) {
	charts := []*Chart{}
	y.engine.Desc("name").Find(&charts) // want "reads every row there is for each request to `/charts`"
}
