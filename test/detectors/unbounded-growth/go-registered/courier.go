package courier

import (
	"net/http"
	"sync"
)

// Made anew for each request by whoever was handed what makes it.
type Mule struct {
	mu    sync.Mutex
	loads map[string]int
}

func NewMule() *Mule { return &Mule{} }

func (m *Mule) carry(load string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads[load] = 1
}

// Made once.
type Depot struct {
	mu    sync.Mutex
	loads map[string]int
	seen  map[string]int
	tasks map[string]int
}

func NewDepot() *Depot { return &Depot{} }

func (d *Depot) keep(load string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen[load] = 1 // want "`Depot.seen` only ever grows: .* The key comes with the request: "
}

// There are few workers.
func (d *Depot) assign(worker string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tasks[worker] = 1 // want-info "There are few keys, by their name\.$"
}

type Post struct {
	makers map[string]func() *Mule
	depot  *Depot
}

func NewPost() *Post {
	p := &Post{makers: map[string]func() *Mule{}, depot: NewDepot()}
	p.register("mule", NewMule)
	return p
}

func (p *Post) register(name string, maker func() *Mule) { p.makers[name] = maker }

func (p *Post) routes() {
	http.HandleFunc("/send", p.send)
}

func (p *Post) send(w http.ResponseWriter, r *http.Request) {
	load := r.FormValue("load")
	mule := p.makers["mule"]()
	mule.carry(load)
	p.depot.keep(load)
	p.depot.assign(r.FormValue("worker"))
}
