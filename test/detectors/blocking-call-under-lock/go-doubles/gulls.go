package gulls

import (
	"sync"
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
