package charts

import (
	"net/http"
	"sync"
)

type Chart struct {
	mu     sync.Mutex
	depths map[int]int
}

func (c *Chart) Add(at, depth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.depths[at] = depth
}

// Caller holds mu. On a copy no lock is required.
func (c *Chart) deepen(at int) { c.depths[at]++ }

// Caller holds mu.
func (c *Chart) flatten(at int) { c.depths[at] = 0 }

func (c *Chart) Dredge(at int) {
	c.deepen(at)
	c.flatten(at) // want "`Dredge` calls `\(\*Chart\)\.flatten` without holding `Chart\.mu`"
}

// wait should be false only if the caller already holds mu.
func (c *Chart) level(at int, wait bool) int {
	return c.read(at, wait)
}

func (c *Chart) read(at int, wait bool) int {
	if wait {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return c.depths[at]
}

func (c *Chart) Level(at int) int {
	return c.level(at, true)
}

func serve(c *Chart) {
	http.HandleFunc("/dredge", func(w http.ResponseWriter, r *http.Request) { c.Dredge(1) })
	http.HandleFunc("/add", func(w http.ResponseWriter, r *http.Request) { c.Add(1, c.Level(1)) })
}
