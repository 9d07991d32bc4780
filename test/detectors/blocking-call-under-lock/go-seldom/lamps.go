package lamps

import (
	"net/http"
	"sync"
	"time"

	"example.com/bells/shutdown"
)

// Lamps are told to the last when all ends.
type Lamps struct {
	mu  sync.Mutex
	lit map[string]bool
}

func (l *Lamps) Lit(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lit[name]
}

func (l *Lamps) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lit)
}

func (l *Lamps) Upload() {
	l.mu.Lock()
	defer l.mu.Unlock()
	http.Get("https://lamps.example.com") // want-info "`Upload` holds `Lamps.mu` .* It runs when something starts or ends, when few others want the lock\.$"
}

func (l *Lamps) Dim() {
	l.mu.Lock()
	defer l.mu.Unlock()
	time.Sleep(time.Second) // want "`Dim` holds `Lamps.mu` .* wait as long\.$"
}

func light(l *Lamps) {
	shutdown.Register(func() { l.Upload() })
}

// Buoy is configured while few know it.
type Buoy struct {
	mu    sync.Mutex
	bells map[string]int
}

func (b *Buoy) Bell(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bells[name]
}

func (b *Buoy) Bells() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.bells)
}

func (b *Buoy) ConfigureBells(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	http.Get("https://bells.example.com/" + name) // want-info "`ConfigureBells` holds `Buoy.mu` .* It runs when something starts or ends, when few others want the lock\.$"
}

// Foghorn is only ever kept waiting by whoever changes how it works.
type Foghorn struct {
	mu    sync.RWMutex
	tones map[string]int
}

func (f *Foghorn) Tone(name string) int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.tones[name]
}

func (f *Foghorn) CommitConfig(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tones[name]++
}

func (f *Foghorn) Blow() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	http.Get("https://foghorns.example.com") // want-info "`Blow` holds `Foghorn.mu` for reading .* Nobody is seen to come often for what is in memory alone\.$"
}
