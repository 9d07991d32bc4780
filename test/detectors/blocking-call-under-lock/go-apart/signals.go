package signals

import (
	"net/http"
	"sync"
)

// Phase is kept by two, each with its own.
type Phase struct {
	mu    sync.Mutex
	value int
}

type Tower struct {
	phase *Phase
	lamp  *Lamp
}

// Lamp shares the phase of its tower.
type Lamp struct {
	phase *Phase
}

type Bridge struct {
	phase *Phase
}

func NewTower() *Tower {
	phase := &Phase{}
	return &Tower{phase: phase, lamp: newLamp(phase)}
}

func newLamp(phase *Phase) *Lamp {
	return &Lamp{phase: phase}
}

func NewBridge() *Bridge {
	return &Bridge{phase: &Phase{}}
}

func (t *Tower) Ping() {
	t.phase.mu.Lock()
	defer t.phase.mu.Unlock()
	if t.phase.value > 0 {
		http.Get("https://tower.example.com") // want "`Ping` holds `Phase.mu` .*: 2 other functions that need the lock, such as `\w+`, wait as long\.$"
	}
}

func (t *Tower) Raise() int {
	t.phase.mu.Lock()
	defer t.phase.mu.Unlock()
	t.phase.value++
	return t.phase.value
}

func (l *Lamp) Lit() bool {
	l.phase.mu.Lock()
	defer l.phase.mu.Unlock()
	return l.phase.value > 1
}

// Nobody else asks for the phase of a bridge.
func (b *Bridge) Ping() {
	b.phase.mu.Lock()
	defer b.phase.mu.Unlock()
	if b.phase.value > 0 {
		http.Get("https://bridge.example.com") // want-info "`Ping` holds `Phase.mu` while it goes to the network .* The lock seems to be there to let one of these through at a time"
	}
}
