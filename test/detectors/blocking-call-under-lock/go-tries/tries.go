package harbour

import (
	"net"
	"os/exec"
	"sync"
)

// Lamps are looked at by many, and tended seldom.
type Lamps struct {
	mu   sync.Mutex
	lit  map[string]bool
	path string
}

func (l *Lamps) IsLit(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lit[name]
}

func (l *Lamps) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lit)
}

func (l *Lamps) Tend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	exec.Command("tend").Start() // want-info "`Tend` holds `Lamps.mu` .* It does not wait for the process to end\.$"
}

// Horns are blown by somebody on the same machine, or by somebody else.
type Horns struct {
	mu    sync.Mutex
	blown map[string]int
}

func (h *Horns) Blown(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.blown[name]
}

func (h *Horns) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.blown)
}

func (h *Horns) Blow() {
	h.mu.Lock()
	defer h.mu.Unlock()
	net.Dial("unix", "/run/horn") // want-info "`Blow` holds `Horns.mu` .* runs on the same machine\.$"
}

func (h *Horns) BlowFar() {
	h.mu.Lock()
	defer h.mu.Unlock()
	net.Dial("tcp", "horn.example.com:80") // want "`BlowFar` holds `Horns.mu` while it goes to the network .* wait as long\.$"
}

// Flags are told to those who watch.
type Flags struct {
	mu    sync.Mutex
	shown map[string]int
}

func (f *Flags) Shown(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shown[name]
}

func (f *Flags) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.shown)
}

func (f *Flags) Show(name string) {
	// What is shown has to be atomic with what the other harbour knows, so we lock here.
	f.mu.Lock()
	defer f.mu.Unlock()
	net.Dial("tcp", "flags.example.com:80") // want-info "`Show` holds `Flags.mu` .* A comment says why the lock is held meanwhile\.$"
	f.shown[name]++
}
