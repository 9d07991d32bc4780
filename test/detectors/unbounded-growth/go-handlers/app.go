package lamp

import (
	"net/http"
	"sync"
)

type Keeper struct {
	mu    sync.Mutex
	names []string
	parts []string
}

func (k *Keeper) register(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.names = append(k.names, r.FormValue("name")) // want "`Keeper.names` only ever grows: each request to `/register` adds to it"
}

// Called while the program starts.
func (k *Keeper) registerPart(part string) {
	k.parts = append(k.parts, part)
}

func serve() {
	k := &Keeper{}
	k.registerPart("lens")
	http.HandleFunc("/register", k.register)
	http.ListenAndServe(":8080", nil)
}
