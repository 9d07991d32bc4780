package library

import (
	"net/http"
	"sync"
)

// A map that several may change at once says that several do.
type Painter struct{ drawn sync.Map }

func NewPainter() *Painter { return &Painter{} }

func open() { serve(NewPainter()) }

func serve(painter *Painter) {
	http.HandleFunc("/paint", func(w http.ResponseWriter, r *http.Request) {
		painter.draw(r.FormValue("motif"))
	})
}

func (p *Painter) draw(motif string) {
	p.drawn.Store(motif, true) // want "`Painter.drawn` only ever grows"
}
