package ferry

import (
	"net/http"
	"sync"
)

// Courier delivers what it is given over the network, and ends when that is done.
type Courier struct {
	in   chan string
	quit chan struct{}
	wg   sync.WaitGroup
	once sync.Once
}

func (c *Courier) Begin() {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		for parcel := range c.in {
			http.Get(parcel)
		}
	}()
}

func (c *Courier) End() {
	c.once.Do(func() {
		close(c.quit)
		c.wg.Wait()
	})
}

// Rider is a courier with a name.
type Rider struct{ courier *Courier }

func (r *Rider) End() { r.courier.End() }

type Stable struct {
	mu     sync.Mutex
	riders map[string]*Rider
}

func serveStable(s *Stable) {
	http.HandleFunc("/riders", s.count)
	http.HandleFunc("/rider", s.has)
}

func (s *Stable) count(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.riders["last"] = s.riders["first"]
}

func (s *Stable) has(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.riders["first"] = s.riders["last"]
}

func (s *Stable) Remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.riders[name].End() // want "`Remove` holds `Stable.mu` while it waits"
	delete(s.riders, name)
}
