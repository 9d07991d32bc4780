package harbour

import (
	"net/http"
	"sync"
)

// Pilots counts under the lock for reading, as does whoever asks at the same time.
type Pilots struct {
	mu    sync.RWMutex
	names map[string]string
	asked map[string]int
	count int
}

func (p *Pilots) Learn(ship, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.names[ship] = name
}

func (p *Pilots) Of(ship string) string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if len(p.asked) < 100 {
		p.asked[ship]++ // want "`Of` changes `Pilots.asked` while .* only for reading: others who read it do so at the same time\. When `Asked` reads the map meanwhile, the process ends"
	}
	p.count++ // want-info "`Of` writes `Pilots.count` while .* It is a single value"
	return p.names[ship]
}

func (p *Pilots) Asked(ship string) (int, int) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.asked[ship], p.count
}

func (p *Pilots) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(p.Of(r.RemoteAddr)))
}

var lanes = struct {
	sync.RWMutex
	ships map[string]int
}{ships: map[string]int{}}

func Leave(w http.ResponseWriter, r *http.Request) {
	lanes.Lock()
	defer lanes.Unlock()
	delete(lanes.ships, r.URL.Path)
}

func Enter(w http.ResponseWriter, r *http.Request) {
	lanes.Lock()
	defer lanes.Unlock()
	lanes.ships[r.URL.Path] = 1
}

func Look(w http.ResponseWriter, r *http.Request) {
	if lanes.ships[r.URL.Path] == 0 { // want "`Look` reads `lanes.ships` without `lanes`: it is guarded in 2 of 3 functions"
		w.WriteHeader(404)
	}
}
