package fleet

import (
	"net/http"
	"reflect"
	"sync"
)

type Part interface {
	Kind() any
	Take(name string)
}

type Fleet struct {
	parts []Part
}

func (f *Fleet) Get(kind any) Part {
	for _, part := range f.parts {
		if reflect.TypeOf(part.Kind()) == reflect.TypeOf(kind) {
			return part
		}
	}
	return nil
}

// Six who may be meant where nothing says which.
type (
	Radio struct {
		mu    sync.Mutex
		calls []string
	}
	Radar struct {
		mu     sync.Mutex
		echoes []string
	}
	Siren  struct{ on bool }
	Beacon struct{ on bool }
	Winch  struct{ on bool }
	Pump   struct{ on bool }
)

func (*Radio) Kind() any  { return (*Radio)(nil) }
func (*Radar) Kind() any  { return (*Radar)(nil) }
func (*Siren) Kind() any  { return (*Siren)(nil) }
func (*Beacon) Kind() any { return (*Beacon)(nil) }
func (*Winch) Kind() any  { return (*Winch)(nil) }
func (*Pump) Kind() any   { return (*Pump)(nil) }

func (r *Radio) Take(name string) {
	r.calls = append(r.calls, name) // want "`Radio.calls` only ever grows: each request to `/call` adds to it\. .* size\.$"
}

// Nobody asks for it by its type.
func (r *Radar) Take(name string) {
	r.echoes = append(r.echoes, name) // want-info "`Radar.echoes` only ever grows: each request to `/any` .* It is one of 6 methods that may be meant on the way\.$"
}

func (s *Siren) Take(name string)  { s.on = true }
func (b *Beacon) Take(name string) { b.on = true }
func (w *Winch) Take(name string)  { w.on = true }
func (p *Pump) Take(name string)   { p.on = true }

func NewRadio() *Radio { return &Radio{} }
func NewRadar() *Radar { return &Radar{} }

var fleet = &Fleet{}

func routes() {
	http.HandleFunc("/call", call)
	http.HandleFunc("/any", any_)
}

func call(w http.ResponseWriter, r *http.Request) {
	part := fleet.Get((*Radio)(nil))
	part.Take(r.FormValue("name"))
}

func any_(w http.ResponseWriter, r *http.Request) {
	part := fleet.Get(r.FormValue("kind"))
	part.Take(r.FormValue("name"))
}
