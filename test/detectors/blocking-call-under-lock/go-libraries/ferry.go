package ferry

import (
	"context"
	"net/http"
	"sync"

	"github.com/go-resty/resty/v2"
	"golang.org/x/crypto/ssh"
	"golang.org/x/sync/semaphore"
)

type Ferry struct {
	mu    sync.Mutex
	rest  *resty.Client
	tides map[string]string
}

func (f *Ferry) Ask(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rest.R().SetHeader("a", "b").Get("url") // want "`Ask` holds `Ferry.mu` while it goes to the network"
	f.tides["now"] = "high"
}

// A request that is prepared asks nobody yet.
func (f *Ferry) Prepare(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rest.R().SetHeader("a", "b")
	f.tides["then"] = "low"
}

func (f *Ferry) Tide(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Write([]byte(f.tides[r.FormValue("k")]))
}

type Helm struct {
	mu    sync.Mutex
	shell *ssh.Session
	course int
}

func (h *Helm) Turn(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.course++
	h.shell.Run("turn") // want "`Turn` holds `Helm.mu` while it goes to the network"
}

func (h *Helm) Course(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	n := h.course
	h.mu.Unlock()
	_ = n
}

func (h *Helm) Straight(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.course = 0
	h.mu.Unlock()
}

type Deck struct {
	mu     sync.Mutex
	places *semaphore.Weighted
	cars   map[string]int
}

func (d *Deck) Board(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.places.Acquire(context.Background(), 1) // want "`Board` holds `Deck.mu` while it waits for a place in `Deck.places`"
	d.cars["a"] = 1
}

// Who only tries waits for nobody.
func (d *Deck) Try(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.places.TryAcquire(1) {
		d.cars["b"] = 1
	}
}

func (d *Deck) Car(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	n := d.cars[r.FormValue("k")]
	d.mu.Unlock()
	_ = n
}

func Routes(f *Ferry, h *Helm, d *Deck) {
	http.HandleFunc("/ask", f.Ask)
	http.HandleFunc("/prepare", f.Prepare)
	http.HandleFunc("/tide", f.Tide)
	http.HandleFunc("/turn", h.Turn)
	http.HandleFunc("/course", h.Course)
	http.HandleFunc("/straight", h.Straight)
	http.HandleFunc("/board", d.Board)
	http.HandleFunc("/try", d.Try)
	http.HandleFunc("/car", d.Car)
}
