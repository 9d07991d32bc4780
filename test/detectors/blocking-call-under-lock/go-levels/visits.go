package lighthouse

import (
	"net/http"
	"sync"
)

// Visits has nobody who takes its lock without waiting for the channel.
type Visits struct {
	mu    sync.Mutex
	known map[string]bool
	names chan string
}

func serve(v *Visits) { http.HandleFunc("/visits", v.add) }

func (v *Visits) add(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.known[r.URL.Path] = true
	v.names <- r.URL.Path // want "`add` holds `Visits.mu` .* Nobody is seen to come often for what is in memory alone"
}
