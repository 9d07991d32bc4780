package pier

import "sync"

type Tide struct {
	mu     sync.Mutex
	levels []int
}

func (t *Tide) Count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.levels)
}
