package docks

import "net/http"

// A Namer is not safe for concurrent use.
type Namer struct{ used map[string]bool }

func (n *Namer) Next(name string) string {
	n.used[name] = true
	return name
}

func (n *Namer) Knows(name string) bool { return n.used[name] }

// Rename must not be called concurrently.
func (n *Namer) Rename(from, to string) { n.used[to] = n.used[from] }

type API struct{ names *Namer }

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.names.Next(r.URL.Path) // want "`ServeHTTP` handles requests and calls `\(\*Namer\)\.Next` on an object they all share, with no lock held, though a comment warns: “A Namer is not safe for concurrent use\.”"
	a.names.Knows(r.URL.Path)
}

func routes(mux *http.ServeMux, a *API, names *Namer) {
	mux.Handle("/", a)
	mux.HandleFunc("/rename", func(w http.ResponseWriter, r *http.Request) {
		names.Rename("a", r.URL.Path) // want "This function handles requests and calls `\(\*Namer\)\.Rename`"
	})
}

func christen(n *Namer, ships []string) {
	for _, ship := range ships {
		go func() {
			n.Next(ship) // want "This function runs at the same time as others like it and calls `\(\*Namer\)\.Next`"
		}()
	}
}

// Each round hands the same object to another goroutine.
func renameAll(n *Namer, ships []string) {
	for _, ship := range ships {
		go n.Next(ship) // want "`renameAll` starts `\(\*Namer\)\.Next` in every round of a loop, all of them on one object, with no lock held"
	}
}
