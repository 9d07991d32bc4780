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

// Lamp is waited for by nobody who holds all of them: the one that is lit there is new.
type Lamp struct {
	mu   sync.Mutex
	lit  bool
	url  string
}

func (l *Lamp) Send(text string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := http.Get(l.url + text) // want-info "only those who use the same one wait"
	return err
}

func (l *Lamp) Light() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lit = true
	return l.lit
}

type Lamps struct {
	mu  sync.Mutex
	all map[string]*Lamp
}

func (l *Lamps) Hang(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lamp := &Lamp{url: name}
	lamp.Light()
	l.all[name] = lamp
}

func (l *Lamps) Of(name string) *Lamp {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all[name]
}

// Flag is one of many; two of those who send give the lock back before.
type Flag struct {
	mu   sync.Mutex
	at   string
	next []string
}

func (f *Flag) post(at string) error {
	_, err := http.Get(at)
	return err
}

func (f *Flag) Raise() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, at := range f.next {
		if err := f.post(at); err != nil { // want "`Raise` holds `Flag.mu` .* Others, such as `Dip`, give the lock back before they do the same\.$"
			return err
		}
	}
	return nil
}

func (f *Flag) Lower() error {
	f.mu.Lock()
	at := f.at
	f.mu.Unlock()
	return f.post(at)
}

func (f *Flag) Dip() error {
	f.mu.Lock()
	at := f.at
	f.mu.Unlock()
	return f.post(at)
}

type Flags struct {
	mu  sync.Mutex
	all map[string]*Flag
}

func (f *Flags) Of(name string) *Flag {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.all[name]
}
