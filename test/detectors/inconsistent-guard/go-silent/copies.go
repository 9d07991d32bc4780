package shelter

import "sync"

// Scale keeps what it has weighed.
type Scale struct {
	mu      sync.RWMutex
	weights *Weights
}

// Weights is handed out as a copy.
type Weights struct {
	byName map[string]int
	total  int
}

func (s *Scale) Weigh(name string, weight int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weights.byName[name] = weight
	s.weights.total += weight
}

func (s *Scale) Forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weights.total -= s.weights.byName[name]
	delete(s.weights.byName, name)
}

func (s *Scale) Has(name string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := s.weights.byName[name]
	return ok
}

// Weights takes the lock to copy.
func (s *Scale) Weights() *Weights {
	s.mu.RLock()
	defer s.mu.RUnlock()
	copied := &Weights{byName: map[string]int{}, total: s.weights.total}
	for name, weight := range s.weights.byName {
		copied.byName[name] = weight
	}
	return copied
}

func (s *Scale) Print() {
	weights := s.Weights()
	for name := range weights.byName {
		println(name)
	}
}

// Crate has one lock for who opens it, and one for what is in it.
type Crate struct {
	lidMu  sync.RWMutex
	fillMu sync.Mutex
	inside map[string]int
}

func (c *Crate) Put(name string) {
	c.lidMu.RLock()
	defer c.lidMu.RUnlock()
	c.fillMu.Lock()
	c.inside[name]++
	c.fillMu.Unlock()
}

func (c *Crate) Take(name string) {
	c.lidMu.RLock()
	defer c.lidMu.RUnlock()
	c.fillMu.Lock()
	c.inside[name]--
	c.fillMu.Unlock()
}

func (c *Crate) Shake(name string) int {
	c.lidMu.RLock()
	defer c.lidMu.RUnlock()
	c.fillMu.Lock()
	defer c.fillMu.Unlock()
	return c.inside[name]
}

// Nobody has the lid for reading meanwhile.
func (c *Crate) Empty() {
	c.lidMu.Lock()
	defer c.lidMu.Unlock()
	c.inside = map[string]int{}
}

// Barn is read in before anybody knows it.
type Barn struct {
	mu    sync.Mutex
	stalls map[string]int
}

func (b *Barn) Enter(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stalls[name]++
}

func (b *Barn) Leave(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stalls[name]--
}

func (b *Barn) Look(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stalls[name]
}

func loadBarn(name string) (*Barn, error) {
	return &Barn{stalls: map[string]int{name: 1}}, nil
}

func Inspect(name string) error {
	barn, err := loadBarn(name)
	if err != nil {
		return err
	}
	barn.stalls["inspected"] = 1
	return nil
}
