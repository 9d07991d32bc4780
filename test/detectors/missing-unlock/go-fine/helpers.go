package orchard

import "testing"

// Helps in tests, which may end anywhere.
func pick(t *testing.T, s *Stand) {
	s.mu.Lock()
	if s.apples == 0 {
		t.Fatal("no apples")
		return
	}
	s.apples--
	s.mu.Unlock()
}
