package docks

import (
	"net/http"
	"sync"
)

type Hold struct {
	mu     sync.Mutex
	crates map[int]string
}

func (h *Hold) Put(slot int, crate string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.crates[slot] = crate
	h.notify(slot) // want "`Put` calls `\(\*Hold\)\.notify` while it holds `Hold\.mu`"
}

// REQUIRES: mu held
func (h *Hold) load(slot int, crate string) { h.crates[slot] += crate }

// Caller holds mu.
func (h *Hold) stack(slot int, crate string) { h.crates[slot] += crate }

// The caller is responsible for locking.
func (h *Hold) shift(slot int) { h.crates[slot+1] = h.crates[slot] }

// Do not call without holding mu.
func (h *Hold) drop(slot int) { delete(h.crates, slot) }

// +checklocks:h.mu
func (h *Hold) weigh() int { return len(h.crates) }

// Calling notify under the lock deadlocks.
func (h *Hold) notify(slot int) { println(slot) }

// Nobody keeps what the comments ask for, and requests come at once.
func (h *Hold) Stevedore(crates []string) {
	for i, crate := range crates {
		h.load(i, crate)  // want "`Stevedore` calls `\(\*Hold\)\.load` without holding `Hold\.mu`"
		h.stack(i, crate) // want "`Stevedore` calls `\(\*Hold\)\.stack` without holding `Hold\.mu`"
		h.shift(i)        // want "`Stevedore` calls `\(\*Hold\)\.shift` without holding `Hold\.mu`"
		h.drop(i)         // want "`Stevedore` calls `\(\*Hold\)\.drop` without holding `Hold\.mu`"
	}
	println(h.weigh()) // want "`Stevedore` calls `\(\*Hold\)\.weigh` without holding `Hold\.mu`"
}

func serveHold(mux *http.ServeMux, h *Hold) {
	mux.HandleFunc("/load", func(w http.ResponseWriter, r *http.Request) {
		h.Stevedore([]string{r.URL.Path})
		h.Put(1, "x")
	})
}
