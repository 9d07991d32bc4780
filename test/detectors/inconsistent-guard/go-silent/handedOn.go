package library

import "sync"

// Post leaves its lock to what it starts, which gives it back.
type Post struct {
	mu      sync.Mutex
	letters map[string]int
}

func (p *Post) Bring(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters[name]++
}

func (p *Post) Take(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters[name]--
}

func (p *Post) Sort() {
	p.mu.Lock()
	go func() {
		defer p.mu.Unlock()
		p.letters = map[string]int{}
	}()
}
