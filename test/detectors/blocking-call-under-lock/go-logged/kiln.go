package kiln

import (
	"net/http"
	"sync"

	"example.com/kiln/notes"
)

type Kiln struct {
	mu   sync.Mutex
	pots map[string]int
}

func Serve(k *Kiln) {
	http.HandleFunc("/fire", k.fire)
	http.HandleFunc("/store", k.store)
}

func (k *Kiln) Count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.pots)
}

// Everybody writes to the log.
func (k *Kiln) fire(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, heat := range k.pots {
		notes.Warningf("%s has %d degrees", name, heat)
	}
}

func (k *Kiln) store(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for name := range k.pots {
		notes.Archive(name) // want "`store` holds `Kiln.mu` while it reads or writes files .* through `Archive`"
	}
}
