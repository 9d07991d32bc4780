package bakery

import (
	"net/http"
	"sync"
	"time"
)

// Hearths are built anew when somebody looks after them.
type Hearths struct {
	mu     sync.Mutex
	bricks map[string]int
	masons sync.WaitGroup
}

func (h *Hearths) Bricks() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.bricks)
}

func (h *Hearths) Brick(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bricks[name]
}

func (h *Hearths) RebuildAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.masons.Wait() // want-info "`RebuildAll` holds `Hearths.mu` .* It runs when something is reset, repaired or configured anew, which is seldom\.$"
}

func (h *Hearths) Rest() {
	h.mu.Lock()
	defer h.mu.Unlock()
	time.Sleep(time.Minute) // want "`Rest` holds `Hearths.mu` .* wait as long\.$"
}

// Kilns are swept at the start, if somebody wants it, and fired at any time.
type Kilns struct {
	mu             sync.Mutex
	fires          map[string]int
	sweepAtStartup bool
	startsWarm     bool
}

func (k *Kilns) Fire(name string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.fires[name]
}

func (k *Kilns) Fires() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.fires)
}

func (k *Kilns) Prepare() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.sweepAtStartup {
		http.Get("https://kilns.example.com/sweep") // want-info "`Prepare` holds `Kilns.mu` .* It runs when something starts or ends"
	}
}

func (k *Kilns) Heat() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.startsWarm {
		http.Get("https://kilns.example.com/heat") // want "`Heat` holds `Kilns.mu` .* wait as long\.$"
	}
}
