package clinic

import "sync"

// Calls are changed in place while they are made.
type Calls struct {
	mu   sync.Mutex
	list []func()
	last map[int][]string
	names map[string]int
}

func (c *Calls) Remove(i int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list[i] = c.list[len(c.list)-1]
	c.list = c.list[:len(c.list)-1]
}

func (c *Calls) Clone() *Calls {
	c.mu.Lock()
	defer c.mu.Unlock()
	return &Calls{list: append([]func(){}, c.list...)}
}

func (c *Calls) Run() {
	c.mu.Lock()
	list := c.list
	c.mu.Unlock()
	for _, call := range list { // want "`Run` uses `Calls.list` after"
		call()
	}
}

type Reception struct{ calls *Calls }

func (r *Reception) Remove(i int) {
	changed := r.calls.Clone()
	changed.Remove(i)
	r.calls.Remove(i)
	r.calls = changed
}

func (c *Calls) Name(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names[name]++
}

// Names is the map itself: callers must hold no calls meanwhile.
func (c *Calls) Names() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.names // want-info "`Names` returns `Calls.names` itself.* Its comment says how to use it"
}

func (c *Calls) namesOfLastYear() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.names // want-info "`namesOfLastYear` returns `Calls.names` itself.* Nothing outside tests calls it"
}

func (c *Calls) Note(id, i int, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last[id][i] = text
}

// Last should be used as read-only.
func (c *Calls) Last(id int) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	last := c.last[id]
	if len(last) > 1 {
		return last // want "`Last` returns `Calls.last` itself.* under that lock\.$"
	}
	return nil
}

// That of something else there is nothing or one says nothing of the map.
func (c *Calls) NamesOf(years []int) map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(years) == 0 {
		return c.names // want "`NamesOf` returns `Calls.names` itself"
	}
	return nil
}
