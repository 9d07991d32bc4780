package harbour

import (
	"net/http"
	"sync"
)

type Lamps struct {
	mu  sync.Mutex
	lit map[string]int
}

func (l *Lamps) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	go l.refresh()
}

// Each request starts one, and they run beside one another.
func (l *Lamps) refresh() {
	l.light("pier")
	for name, left := range l.lit { // want "`refresh` reads `Lamps.lit` without .*the process ends"
		if left == 0 {
			l.dim(name)
		}
	}
}

func (l *Lamps) light(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lit[name] = 60
}

func (l *Lamps) dim(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.lit, name)
}

func (l *Lamps) isLit(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lit[name] > 0
}
