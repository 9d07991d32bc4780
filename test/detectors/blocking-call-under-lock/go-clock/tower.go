package tower

import (
	"net/http"
	"sync"
	"time"
)

func main() {
	http.HandleFunc("/bells", bells)
	go every()
	http.ListenAndServe(":8080", nil)
}

func every() {
	for range time.Tick(time.Minute) {
		chime(tower)
		chime(belfry)
		sweep()
	}
}

// A bell is struck when it pleases.
func chime(t *Tower) {
	t.Strike("noon")
}

func sweep() {
	tower.Drop("noon")
	tower.Rest("noon")
	belfry.Drop("noon")
	tent.Strike("noon")
	tent.Drop("noon")
}

func bells(w http.ResponseWriter, r *http.Request) {
	tent.Bell(r.URL.Path)
}

type Tower struct {
	mu    sync.Mutex
	bells map[string]int
}

var (
	tower  = &Tower{bells: map[string]int{}}
	belfry = &Tower{bells: map[string]int{}}
)

func (t *Tower) Strike(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bells[name]++
	time.Sleep(time.Second) // want-info "`Strike` holds `Tower.mu` .* Only what a clock runs is seen to be kept waiting"
}

func (t *Tower) Drop(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.bells, name)
}

func (t *Tower) Rest(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bells[name]--
}

// Tent has a bell that requests ask for.
type Tent struct {
	mu    sync.Mutex
	bells map[string]int
}

var tent = &Tent{bells: map[string]int{}}

func (t *Tent) Strike(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bells[name]++
	time.Sleep(time.Second) // want "`Strike` holds `Tent.mu` while it sleeps"
}

func (t *Tent) Drop(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.bells, name)
}

func (t *Tent) Bell(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bells[name]
}
