package lighthouse

import (
	"net/http"
	"sync"
)

// Beacon takes its lock for writing only when it ends.
type Beacon struct {
	mu     sync.RWMutex
	closed bool
	queue  chan string
}

func (b *Beacon) Report() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		return
	}
	http.Get("https://beacons.example.com") // want "`Report` holds `Beacon.mu` for reading .* Nobody is seen to come often for what is in memory alone"
}

// It may never end, and then closing does not, either.
func (b *Beacon) Flash(colour string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.queue <- colour // want "`Flash` holds `Beacon.mu` for reading .* waits? as long\.$"
}

func (b *Beacon) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
}

// Lens takes its lock for writing at any time.
type Lens struct {
	mu    sync.RWMutex
	angle int
}

func (l *Lens) Report() {
	l.mu.RLock()
	defer l.mu.RUnlock()
	http.Get("https://lenses.example.com") // want "`Report` holds `Lens.mu` for reading .* waits? as long\.$"
}

func (l *Lens) Angle() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.angle
}

func (l *Lens) Turn() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.angle++
}

func (l *Lens) Tilt(angle int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.angle += angle
}
