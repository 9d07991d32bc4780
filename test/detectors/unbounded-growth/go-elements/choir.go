package choir

import (
	"net/http"
	"sync"
)

type Stall struct {
	sung []string
}

type Box struct {
	calls []string
}

type Choir struct {
	mu     sync.Mutex
	stalls map[string]*Stall
	boxes  map[string]*Box
}

func (c *Choir) sing(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	stall := c.stalls[r.FormValue("stall")]
	stall.sung = append(stall.sung, r.FormValue("song")) // want "`Stall.sung` only ever grows: each request to `/sing` adds to it"
}

// A box goes, and what it has with it.
func (c *Choir) call(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	box := c.boxes[r.FormValue("box")]
	box.calls = append(box.calls, r.FormValue("call"))
}

func (c *Choir) leave(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.boxes, r.FormValue("box"))
}

func serve() {
	c := &Choir{stalls: map[string]*Stall{"north": {}}}
	http.HandleFunc("/sing", c.sing)
	http.HandleFunc("/call", c.call)
	http.HandleFunc("/leave", c.leave)
	http.ListenAndServe(":8080", nil)
}
