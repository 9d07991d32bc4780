package harbour

import "sync"

type Tally struct{ left int }

type Counter struct {
	mu    sync.Mutex
	tally *Tally
	rows  map[string]int
}

func (c *Counter) Open(left int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tally = &Tally{left: left}
	c.rows = map[string]int{}
}

func (c *Counter) Left() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tally.left + c.rows["left"]
}

func (c *Counter) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tally = nil
	c.rows["left"] = 0
}

func (c *Counter) IsOpen() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tally != nil
}

// Asked twice.
func (c *Counter) Take() int {
	if c.tally == nil { // want-info "`Take` reads `Counter.tally` without `Counter.mu`"
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tally == nil {
		return 0
	}
	c.tally.left--
	return c.tally.left
}

// A map must not be read while another goroutine writes it, twice or not.
func (c *Counter) Row(name string) int {
	if c.rows[name] == 0 { // want "`Row` reads `Counter.rows` without `Counter.mu`"
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rows[name]
}
