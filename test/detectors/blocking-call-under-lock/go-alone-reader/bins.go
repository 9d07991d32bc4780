package mill

import (
	"net/http"
	"sync"
)

// Bins are added as the mill is set up; who only looks does not keep others off.
type Bins struct {
	mu   sync.RWMutex
	bins map[string]string
}

func (b *Bins) Register(name, place string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bins[name] = place
}

func (b *Bins) Deregister(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.bins, name)
}

func (b *Bins) Tell() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for name := range b.bins {
		http.Get("https://bins.example.com/" + name) // want-info "`Tell` holds `Bins.mu` for reading .* Nobody is seen to come often for what is in memory alone\.$"
	}
}

// Carts change as they go.
type Carts struct {
	mu    sync.RWMutex
	carts map[string]string
}

func (c *Carts) Move(name, place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.carts[name] = place
}

func (c *Carts) Unload(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.carts, name)
}

func (c *Carts) Tell() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for name := range c.carts {
		http.Get("https://carts.example.com/" + name) // want "`Tell` holds `Carts.mu` for reading .* 2 other functions that want the lock for writing, such as `Move`, wait as long\.$"
	}
}

// Paths are changed by one alone.
type Paths struct {
	mu    sync.RWMutex
	paths map[string]string
}

func (p *Paths) Lay(name, place string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.paths[name] = place
}

func (p *Paths) Tell() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for name := range p.paths {
		http.Get("https://paths.example.com/" + name) // want-info "`Tell` holds `Paths.mu` for reading .* Only one function is seen to be kept waiting\.$"
	}
}

// Clock reads its own time anew: who waits within it wants what it fetches.
type Clock struct {
	mu   sync.RWMutex
	time *http.Response
}

func (c *Clock) Time() *http.Response {
	known := func() *http.Response {
		c.mu.RLock()
		defer c.mu.RUnlock()
		return c.time
	}()
	if known != nil {
		return known
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	fresh, _ := http.Get("https://clocks.example.com") // want-info "`Time` holds `Clock.mu` .* Nobody is seen to come often for what is in memory alone\.$"
	c.time = fresh
	return fresh
}
