package shared

import (
	"fmt"
	"net"
	"net/http"
	"sync"
)

// Post is one of many, but whoever has them all waits for each.
type Post struct {
	mu   sync.Mutex
	gone bool
	url  string
}

func (p *Post) Send(text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := http.Get(p.url + text) // want "`Send` holds `Post.mu` .* `Sweep` waits for it while it holds `Posts.mu`, and with it all who want that\.$"
	return err
}

func (p *Post) Gone() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gone
}

type Posts struct {
	mu   sync.Mutex
	all  map[string]*Post
}

func (p *Posts) Sweep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, post := range p.all {
		if post.Gone() {
			delete(p.all, name)
		}
	}
}

func (p *Posts) Of(name string) *Post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all[name]
}

// Stall is one of many, and nobody waits for one who has anything else.
type Stall struct {
	mu   sync.Mutex
	gone bool
	url  string
}

func (s *Stall) Send(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := http.Get(s.url + text) // want-info "only those who use the same one wait"
	return err
}

func (s *Stall) Gone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone
}

type Stalls struct {
	mu  sync.Mutex
	all map[string]*Stall
}

func (s *Stalls) Of(name string) *Stall {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all[name]
}

// Watchers are told one after the other.
type Watchers struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func (w *Watchers) Tell(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for conn := range w.conns {
		fmt.Fprintf(conn, "%s\n", text) // want "`Tell` holds `Watchers.mu` .* Whoever of them reads slowly holds up all who come here\.$"
	}
}

func (w *Watchers) Register(conn net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conns[conn] = true
}
