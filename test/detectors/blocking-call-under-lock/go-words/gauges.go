// Package gauges has what is hard to put into words: places without a name.
package gauges

import (
	"net/http"
	"sync"
)

type Reading struct{ Depth int }

type Gauges struct {
	mu       sync.Mutex
	readings map[string]Reading
}

func (g *Gauges) Count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.readings)
}

func (g *Gauges) Collect(out chan<- Reading) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, reading := range g.readings {
		out <- reading // want "`Collect` holds `Gauges.mu` while it sends to the channel `chan<- Reading`"
	}
}

func (g *Gauges) Publish() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.send() // want "`Publish` holds `Gauges.mu` while it goes to the network \(`http.Post`\) through `send`: "
}

func (g *Gauges) send() {
	func() {
		http.Post("http://gauges.example.com", "text/plain", nil)
	}()
}
