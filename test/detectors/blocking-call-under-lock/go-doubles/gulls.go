package gulls

import (
	"net/http"
	"sync"
	"testing"
	"time"
)

// fakeTide takes as long as a real one.
type fakeTide struct {
	mu     sync.Mutex
	height map[string]int
}

func (t *fakeTide) Height(place string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.height[place]
}

func (t *fakeTide) Places() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.height)
}

func (t *fakeTide) Rise(place string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	time.Sleep(time.Second)
	t.height[place]++
}

// Mockingbird only begins with the same letters.
type Mockingbird struct {
	mu    sync.Mutex
	songs map[string]int
}

func (m *Mockingbird) Song(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.songs[name]
}

func (m *Mockingbird) Songs() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.songs)
}

func (m *Mockingbird) Sing(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	time.Sleep(time.Second) // want "`Sing` holds `Mockingbird.mu` .* wait as long\.$"
	m.songs[name]++
}

// Pond is there for tests: it keeps the one that runs.
type Pond struct {
	t     *testing.T
	mu    sync.Mutex
	ducks map[string]int
}

func (p *Pond) Duck(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ducks[name]
}

func (p *Pond) Ducks() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.ducks)
}

func (p *Pond) Fill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	http.Get("https://ponds.example.com")
}

// Lake is not, though it is beside it.
type Lake struct {
	mu    sync.Mutex
	swans map[string]int
}

func (l *Lake) Swan(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.swans[name]
}

func (l *Lake) Swans() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.swans)
}

func (l *Lake) Fill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	http.Get("https://lakes.example.com") // want "`Fill` holds `Lake.mu` .* wait as long\.$"
}
