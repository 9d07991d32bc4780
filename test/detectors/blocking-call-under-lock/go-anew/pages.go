package harbour

import (
	"net/http"
	"sync"
)

// Pages is read piece by piece, by one.
type Pages struct {
	mu     sync.Mutex
	source string
	offset int
	rest   []byte
}

func (p *Pages) Read(into []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.rest) == 0 {
		http.Get(p.source) // want-info "`Read` holds `Pages.mu` .* A stream is mostly read by one\.$"
	}
	return copy(into, p.rest), nil
}

func (p *Pages) Seek(offset int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.offset = offset
}

func (p *Pages) Offset() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.offset
}

func (p *Pages) Left() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.rest)
}
