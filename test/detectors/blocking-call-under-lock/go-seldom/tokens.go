package lamps

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// Beacon pauses while another configuration comes into force.
type Beacon struct {
	mu    sync.RWMutex
	lamps map[string]int
}

func (b *Beacon) Lamp(name string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.lamps[name]
}

func (b *Beacon) CommitConfiguration(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lamps[name]++
}

func (b *Beacon) Reconfigure() {
	b.mu.Lock()
	defer b.mu.Unlock()
	time.Sleep(time.Second) // want-info "`Reconfigure` holds `Beacon.mu` .* It runs when something is reset, repaired or configured anew, which is seldom\.$"
}

// Tokens has a lock that is named for what is done under it.
type Tokens struct {
	refreshTokenMutex sync.Mutex
	refreshersMu      sync.Mutex
	token             string
	refreshers        map[string]int
}

func (t *Tokens) Token() string {
	t.refreshTokenMutex.Lock()
	defer t.refreshTokenMutex.Unlock()
	return t.token
}

func (t *Tokens) Forget() {
	t.refreshTokenMutex.Lock()
	defer t.refreshTokenMutex.Unlock()
	t.token = ""
}

func (t *Tokens) Renew() {
	t.refreshTokenMutex.Lock()
	defer t.refreshTokenMutex.Unlock()
	http.Get("https://tokens.example.com") // want-info "`Renew` holds `Tokens.refreshTokenMutex` .* By its name the lock lets one of these through at a time\.$"
}

func (t *Tokens) Refreshers() int {
	t.refreshersMu.Lock()
	defer t.refreshersMu.Unlock()
	return len(t.refreshers)
}

func (t *Tokens) Refresher(name string) int {
	t.refreshersMu.Lock()
	defer t.refreshersMu.Unlock()
	return t.refreshers[name]
}

func (t *Tokens) Ask(name string) {
	t.refreshersMu.Lock()
	defer t.refreshersMu.Unlock()
	net.Dial("tcp", name) // want "`Ask` holds `Tokens.refreshersMu` .* wait as long\.$"
}
