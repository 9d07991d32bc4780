package tides

import (
	"net"
	"net/http"
	"sync"
)

type boat struct {
	conn net.Conn
	news chan []byte
}

// Pier tells all boats, each through a channel with some room.
type Pier struct {
	rope  sync.Mutex
	boats map[*boat]bool
	bells chan int
	rung  int
}

func (p *Pier) Arrive(conn net.Conn) {
	b := &boat{conn: conn, news: make(chan []byte, 16)}
	p.rope.Lock()
	p.boats[b] = true
	p.rope.Unlock()
	go b.tell()
}

func (b *boat) tell() {
	for text := range b.news {
		b.conn.Write(text)
	}
}

func (p *Pier) Tell(w http.ResponseWriter, r *http.Request) {
	p.rope.Lock()
	defer p.rope.Unlock()
	for b := range p.boats {
		b.news <- []byte(r.URL.Path) // want "Whoever reads slowly from one of them holds up all, once it has no room\.$"
	}
}

func (p *Pier) Offer(w http.ResponseWriter, r *http.Request) {
	p.rope.Lock()
	defer p.rope.Unlock()
	for b := range p.boats {
		select {
		case b.news <- []byte(r.URL.Path):
		default:
		}
	}
}

func (p *Pier) Ring(w http.ResponseWriter, r *http.Request) {
	p.rope.Lock()
	defer p.rope.Unlock()
	p.bells <- len(p.boats) // want "`count`, which takes out what is put in, needs the lock itself: without room, neither goes on\.$"
}

func (p *Pier) count() {
	for n := range p.bells {
		p.rope.Lock()
		p.rung += n
		p.rope.Unlock()
	}
}

// Chapel has room, and whoever takes out needs nothing.
type Chapel struct {
	door  sync.Mutex
	bells chan int
	rung  int
}

func (c *Chapel) Ring(w http.ResponseWriter, r *http.Request) {
	c.door.Lock()
	defer c.door.Unlock()
	c.rung++
	c.bells <- c.rung
}

func (c *Chapel) Rung(w http.ResponseWriter, r *http.Request) {
	c.door.Lock()
	defer c.door.Unlock()
	w.WriteHeader(c.rung)
}

func (c *Chapel) listen() {
	for n := range c.bells {
		println(n)
	}
}

func open() {
	p := &Pier{boats: map[*boat]bool{}, bells: make(chan int, 4)}
	c := &Chapel{bells: make(chan int, 4)}
	go p.count()
	go c.listen()
	http.HandleFunc("/tell-boats", p.Tell)
	http.HandleFunc("/offer", p.Offer)
	http.HandleFunc("/ring", p.Ring)
	http.HandleFunc("/chapel", c.Ring)
	http.HandleFunc("/rung", c.Rung)
}
