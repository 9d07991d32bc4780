package harbour

import "net/http"

func (h *Harbour) Inspect(kind string) int {
	h.mu.Lock()
	switch kind {
	case "free":
		n := len(h.free)
		h.mu.Unlock()
		return n
	case "taken":
		return len(h.taken) // want "Returns here with `Harbour.mu` still locked"
	}
	h.mu.Unlock()
	return 0
}

func (h *Harbour) Drain(ships chan *Ship) int {
	n := 0
	for {
		h.mu.Lock()
		select {
		case s := <-ships:
			h.taken[n] = s
		default:
			return n // want "Returns here with `Harbour.mu` still locked"
		}
		n++
		h.mu.Unlock()
	}
}

func (h *Harbour) Serve(mux *http.ServeMux) {
	mux.HandleFunc("/berth", func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		if h.closed {
			panic("harbour closed") // want "Panics here with `Harbour.mu` still locked"
		}
		h.free[r.URL.Path] = 1
		h.mu.Unlock()
	})
	mux.HandleFunc("/pier", func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		if len(h.free) < 0 {
			panic("unreachable") // want-info "Panics here with `Harbour.mu` still locked"
		}
		h.free[r.URL.Path] = 1
		h.mu.Unlock()
	})
}
