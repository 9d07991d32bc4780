package shelter

import "sync"

var (
	signsMu sync.Mutex
	signs   = map[string]string{}
	paint   sync.Once
)

// Everybody waits until all signs are up.
func paintAll() {
	putSign("door", "exit")
	putSign("gate", "closed")
}

func putSign(at, text string) { signs[at] = text }

func Signs() int {
	paint.Do(paintAll)
	signsMu.Lock()
	defer signsMu.Unlock()
	return len(signs)
}

func Repaint(at, text string) {
	paint.Do(paintAll)
	signsMu.Lock()
	defer signsMu.Unlock()
	signs[at] = text
}

func Sign(at string) string {
	paint.Do(paintAll)
	signsMu.Lock()
	defer signsMu.Unlock()
	return signs[at]
}

// Rail has two maps that are never replaced.
type Rail struct {
	mu   sync.Mutex
	up   map[string]int
	down map[string]int
}

func (r *Rail) Arrive(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.up[name]++
	r.down[name]++
}

func (r *Rail) Depart(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.up[name]--
	r.down[name]--
}

func (r *Rail) Count(name string, isUp bool) int {
	trains := r.down
	if isUp {
		trains = r.up
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return trains[name]
}
