package mail

import (
	"net/http"
	"sync"
)

type App struct {
	due  *sync.Map
	lost *sync.Map
}

func (a *App) start() {
	a.due = &sync.Map{}
	a.lost = &sync.Map{}
	http.HandleFunc("/post", NewDesk(a.due, a.lost).post)
	go NewCarrier(a.due).carry()
	NewOffice().clear()
}

type Desk struct {
	due  *sync.Map
	lost *sync.Map
}

func NewDesk(due, lost *sync.Map) *Desk {
	return &Desk{due: due, lost: lost}
}

func (d *Desk) post(w http.ResponseWriter, r *http.Request) {
	d.due.Store(r.FormValue("letter"), true)
	d.lost.Store(r.FormValue("letter"), true) // want "`Desk.lost` only ever grows"
}

// Carrier is handed the same map, and takes from it.
type Carrier struct {
	due *sync.Map
}

func NewCarrier(due *sync.Map) *Carrier {
	return &Carrier{due: due}
}

func (c *Carrier) carry() {
	c.due.Range(func(letter, _ any) bool {
		c.due.Delete(letter)
		return true
	})
}

// Office has one of its own of that name.
type Office struct {
	lost sync.Map
}

func NewOffice() *Office { return &Office{} }

func (o *Office) clear() {
	o.lost.Delete("")
}
