package mill

import "sync"

// Rounds are made one at a time.
type Rounds struct {
	roundMu sync.Mutex
	mu      sync.RWMutex
	stops   map[string]int
	tolls   map[string]int
}

func (r *Rounds) Walk(names []string) {
	r.roundMu.Lock()
	defer r.roundMu.Unlock()
	for _, name := range names {
		if r.stops[name] > 0 { // want-info "`Walk` reads `Rounds.stops` .* here, too, but for what ends it"
			continue
		}
		r.mu.Lock()
		r.stops[name]++
		r.mu.Unlock()
	}
}

func (r *Rounds) Count(name string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.stops[name]
}

func (r *Rounds) All() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.stops)
}

func (r *Rounds) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stops = map[string]int{}
}

func (r *Rounds) Collect(names []string) {
	r.roundMu.Lock()
	defer r.roundMu.Unlock()
	for _, name := range names {
		if r.tolls[name] > 0 { // want "`Collect` reads `Rounds.tolls` "
			continue
		}
		r.mu.Lock()
		r.tolls[name]++
		r.mu.Unlock()
	}
}

func (r *Rounds) Toll(name string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.tolls[name]
}

func (r *Rounds) Tolls() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.tolls)
}

// Anybody may pay meanwhile.
func (r *Rounds) Pay(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tolls[name]--
}
