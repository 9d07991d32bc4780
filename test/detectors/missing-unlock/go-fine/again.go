package orchard

import "sync"

type Basket struct {
	mu     sync.Mutex
	apples map[string]int
}

// The deferred function takes again what its own function gives back behind it.
func (b *Basket) Fill(name string, pick func() int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.apples[name] = 0
	b.mu.Unlock()
	count := 0
	defer func() {
		b.mu.Lock()
		b.apples[name] = count
	}()
	count = pick()
}

type failer interface{ Fatal(args ...any) }

// TestStore stops the test where somebody uses it wrongly.
type TestStore struct {
	mu   sync.Mutex
	t    failer
	uses int
}

func (s *TestStore) Use() {
	s.mu.Lock()
	if s.uses < 0 {
		s.t.Fatal("used too often")
		return
	}
	s.uses--
	s.mu.Unlock()
}
