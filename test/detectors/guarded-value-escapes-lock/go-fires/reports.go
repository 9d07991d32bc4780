package clinic

import (
	"log"
	"sync"
)

type Counts struct {
	mu     sync.Mutex
	counts map[string]int
	total  int
}

func (c *Counts) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[name]++
	c.total++
}

func (c *Counts) Audit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go report(c.counts) // want "`Audit` hands `Counts.counts` to a goroutine, which uses it without `Counts.mu`, while `Add` changes it"
	go tell(c.total)
}

func report(counts map[string]int) {
	for name, n := range counts {
		log.Print(name, n)
	}
}

func tell(total int) { log.Print(total) }

// The field has another one from here on.
func (c *Counts) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go report(c.counts)
	c.counts = map[string]int{}
}

// Waited for under the lock.
func (c *Counts) Print() {
	c.mu.Lock()
	defer c.mu.Unlock()
	report(c.counts)
}
