package yard

import (
	"sync"
	"sync/atomic"
)

type Shed struct {
	mu    sync.Mutex
	tools map[string]int
	open  atomic.Bool
}

// lend needs the lock: mu must be held.
func (s *Shed) lend(tool string) { s.tools[tool]-- }

// Most who come here are careful.
func (s *Shed) lendTwo(tool string) {
	s.lend(tool)
	s.lend(tool)
}

func (s *Shed) LendTwo(tool string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lendTwo(tool)
}

func (s *Shed) LendTwoOf(other *Shed, tool string) { other.lendTwo(tool) }

func (s *Shed) Lend(tool string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lend(tool)
}

// Whoever wrote this thought of it.
func (s *Shed) Borrow(tool string) {
	// Nobody else can take the lock yet.
	s.lend(tool)
}

type Village struct{ sheds []*Shed }

// Nobody else has the new one.
func (v *Village) Found(tool string) {
	shed := &Shed{tools: map[string]int{}}
	shed.lend(tool)
	v.sheds = append(v.sheds, shed)
}

// isOpen is older than its comment: mu must be held.
func (s *Shed) isOpen() bool { return s.open.Load() }

func (s *Shed) Enter() bool { return s.isOpen() }

func (s *Shed) Leave() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.isOpen()
}

// announce tells the neighbours. mu must not be held.
func (s *Shed) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

// The callers' lock is given back meanwhile.
func (s *Shed) rearrange() {
	s.tools = map[string]int{}
	s.mu.Unlock()
	s.announce()
	s.mu.Lock()
}

func (s *Shed) Rearrange() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rearrange()
}
