package main

import (
	"fmt"
	"net/http"
	"sync"
)

type Pond struct {
	mu    sync.Mutex
	frogs map[string]int
	total int
}

func NewPond() *Pond {
	return &Pond{frogs: map[string]int{}}
}

func (p *Pond) Add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frogs[name]++
	p.total++
}

func (p *Pond) Remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.frogs, name)
	p.total--
}

func (p *Pond) Count(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.frogs[name]
}

func (p *Pond) Empty() {
	p.frogs = map[string]int{} // want "`Empty` changes `Pond.frogs` without `Pond.mu`"
	p.total = 0
}

// Whoever calls it has made the pond and told nobody yet.
func (p *Pond) fill(names []string) {
	for _, name := range names {
		p.frogs[name] = 1
	}
}

func main() {
	pond := NewPond()
	pond.fill([]string{"ada", "bo"})
	http.HandleFunc("/add", func(_ http.ResponseWriter, r *http.Request) { pond.Add(r.FormValue("name")) })
	http.HandleFunc("/remove", func(_ http.ResponseWriter, r *http.Request) { pond.Remove(r.FormValue("name")) })
	http.HandleFunc("/count", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, pond.Count(r.FormValue("name"))) })
	http.HandleFunc("/empty", func(_ http.ResponseWriter, _ *http.Request) { pond.Empty() })
	// Each request has a pond of its own.
	http.HandleFunc("/own", func(w http.ResponseWriter, _ *http.Request) {
		own := NewPond()
		own.fill([]string{"cy"})
		fmt.Fprint(w, own.Count("cy"))
	})
	http.ListenAndServe(":8080", nil)
}
