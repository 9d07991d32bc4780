package shared

import (
	"context"
	"net/http"
	"sync"

	"github.com/segmentio/kafka-go"
	"golang.org/x/time/rate"
)

// Bells is rung by each request, one after the other.
type Bells struct {
	mu     sync.Mutex
	rung   map[string]int
	writer *kafka.Writer
	turns  *rate.Limiter
}

func (b *Bells) Ring(name string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.writer.WriteMessages(context.Background(), kafka.Message{Key: []byte(name)}) // want "`Ring` holds `Bells.mu` while it goes to the network .* Requests that want no more than to look something up wait for it, too\.$"
}

func (b *Bells) Wait() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.turns.Wait(context.Background()) // want-info "`Wait` holds `Bells.mu` while it waits"
}

func (b *Bells) Rung(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung[name]
}

func (b *Bells) Register(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.rung, name)
}

func serve(b *Bells) {
	http.Handle("/ring", b)
	http.HandleFunc("/forget", func(w http.ResponseWriter, r *http.Request) {
		b.Register(r.URL.Path)
	})
}

func (b *Bells) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if b.Rung(r.URL.Path) == 0 {
		b.Ring(r.URL.Path)
	}
}

// Chimes is rung when the program pleases.
type Chimes struct {
	mu     sync.Mutex
	rung   map[string]int
	writer *kafka.Writer
}

func (c *Chimes) ring(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writer.WriteMessages(context.Background(), kafka.Message{Key: []byte(name)}) // want-info "`ring` holds `Chimes.mu` .* Nobody is seen to come often"
}

func (c *Chimes) count(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rung[name]
}

func (c *Chimes) Strike(name string) {
	if c.count(name) == 0 {
		c.ring(name)
	}
}
