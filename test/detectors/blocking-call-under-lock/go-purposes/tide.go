// Package pier has locks whose others do the same, or that are there for it.
package pier

import (
	"net/http"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Tide is read and written over the network: all who want it for writing go there themselves.
type Tide struct {
	mu    sync.RWMutex
	level int
}

func ServeTide(t *Tide) {
	http.HandleFunc("/tide", func(w http.ResponseWriter, r *http.Request) { t.Ask() })
	http.HandleFunc("/tides", func(w http.ResponseWriter, r *http.Request) { t.Level() })
}

func (t *Tide) Ask() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	http.Get("http://tides.example.com") // want-info "`Ask` holds `Tide.mu` for reading .* Nobody is seen to come often for what is in memory alone"
}

func (t *Tide) Level() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.level
}

func (t *Tide) Measure() {
	t.mu.Lock()
	defer t.mu.Unlock()
	http.Get("http://tides.example.com") // want "`Measure` holds `Tide.mu` while it goes to the network"
	t.level++
}

// Bell is asked by many for the same.
type Bell struct {
	mu    sync.RWMutex
	once  singleflight.Group
	tones map[string]int
}

func ServeBell(b *Bell) {
	http.HandleFunc("/bell", func(w http.ResponseWriter, r *http.Request) { b.Tone(r.URL.Path) })
}

func (b *Bell) Tone(name string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	tone, _, _ := b.once.Do(name, func() (any, error) { return b.tones[name], nil }) // want-info "`Tone` holds `Bell.mu` .* would do itself if nobody else did"
	return tone.(int)
}

func (b *Bell) Tune(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tones[name]++
}

// Pass is a credential that is asked for by many.
type Pass struct {
	mu    sync.Mutex
	value string
	uses  map[string]int
}

func ServePass(p *Pass) {
	http.HandleFunc("/pass", func(w http.ResponseWriter, r *http.Request) { p.Token() })
}

func (p *Pass) Token() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	http.Get("http://passes.example.com") // want-info "`Token` holds `Pass.mu` .* Whoever asks for the credential"
	return p.value
}

func (p *Pass) Uses(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.uses[name]
}
