package ferry

import (
	"net/http"
	"sync"
)

// Keeper is not what it waits for: it ends its relay when the last boat is gone.
type Keeper struct {
	mu    sync.Mutex
	boats map[string]int
	gone  sync.WaitGroup
	ended chan struct{}
}

func serveKeeper(k *Keeper, relay *Night) {
	http.HandleFunc("/keeper/boats", k.count)
	http.HandleFunc("/keeper/boat", k.mark)
	go func() {
		k.gone.Wait()
		k.mu.Lock()
		defer k.mu.Unlock()
		relay.End() // want-info "`serveKeeper` holds `Keeper.mu` while it waits .* What it waits for has been told to end just before\.$"
		close(k.ended)
	}()
}

func (k *Keeper) count(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.boats["asked"]++
}

func (k *Keeper) mark(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.boats["marked"]++
}
