package docks

import (
	"net/http"
	"sync"
)

// A Namer is not safe for concurrent use.
type Namer struct{ used map[string]bool }

func (n *Namer) Next(name string) string {
	n.used[name] = true
	return name
}

// Merge must not be called concurrently with Next.
func (n *Namer) Merge(names []string) {
	for _, name := range names {
		n.used[name] = true
	}
}

type API struct {
	mu    sync.Mutex
	names *Namer
}

// With a lock of its own, and with an object of each request's own.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.names.Next(r.URL.Path)
	a.mu.Unlock()
	own := &Namer{used: map[string]bool{}}
	own.Next(r.URL.Path)
}

func routes(mux *http.ServeMux, a *API) {
	mux.Handle("/", a)
	a.names.Next("harbour")
}

// One goroutine has it.
func christen(n *Namer, ships []string) {
	go func() {
		for _, ship := range ships {
			n.Next(ship)
		}
	}()
}

type Hold struct {
	mu     sync.Mutex
	crates map[int]string
}

func (h *Hold) Put(slot int, crate string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.crates[slot] = crate
}

// Caller holds mu.
func (h *Hold) stack(slot int, crate string) { h.crates[slot] += crate }

// No request comes here, and nobody keeps what the comment asks for.
func (h *Hold) Fill(crates []string) {
	for i, crate := range crates {
		h.stack(i, crate)
	}
}

type Crane struct {
	mu     sync.Mutex
	moveMu sync.Mutex
	load   int
}

// Lock must be held outside.
func (c *Crane) lift() {
	c.mu.Lock()
	c.load++
	c.mu.Unlock()
}

// Lock must be held outside: one of two that it may mean.
func (c *Crane) turn() { c.load-- }

func (c *Crane) work() {
	c.moveMu.Lock()
	c.moveMu.Unlock()
	c.lift()
	c.turn()
}

func serveCrane(mux *http.ServeMux, c *Crane) {
	mux.HandleFunc("/crane", func(w http.ResponseWriter, r *http.Request) { c.work() })
}

// One goroutine, and an object of each round's own.
func later(n *Namer, ships []string) {
	go n.Next("harbour")
	for _, ship := range ships {
		own := &Namer{used: map[string]bool{}}
		go own.Next(ship)
	}
}
