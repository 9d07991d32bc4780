package ferry

import (
	"net/http"
	"sync"
)

type Cabin struct{ ID string }

type Hold struct {
	mu      sync.Mutex
	cabins  map[string]int
	sleeper sync.Map
	kinds   map[string]int
	berths  sync.Map
	failed  sync.Map
}

const KIND = "cabin"

func NewHold() *Hold { return &Hold{} }

func (h *Hold) routes() {
	http.HandleFunc("/cabin", h.cabin)
}

func (h *Hold) cabin(w http.ResponseWriter, r *http.Request) {
	h.sleep(&Cabin{ID: r.FormValue("cabin")})
	h.berth(r.FormValue("berth"))
}

// What is not there yet is put there; what has failed is noted.
func (h *Hold) berth(name string) {
	if _, ok := h.berths.Load(name); ok {
		return
	} else {
		h.berths.Store(name, "") // want "`Hold.berths` only ever grows"
	}
	if _, err := http.Get("http://berths/" + name); err != nil {
		h.failed.Store(name, err)
	}
}

// What is written in capitals in Go need not be a constant.
func (h *Hold) sleep(cabin *Cabin) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cabins[cabin.ID] = 1        // want "`Hold.cabins` only ever grows"
	h.sleeper.Store(cabin.ID, "") // want "`Hold.sleeper` only ever grows"
	h.kinds[KIND] = 1
}
