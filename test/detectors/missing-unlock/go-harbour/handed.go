package harbour

import "sync"

// Through the wrapper, and never given back.
func (h *Harbour) Close() {
	h.lock() // want "Locks `Harbour.mu`, and nothing unlocks it"
	h.closed = true
}

// touch marks a berth. It must be called with tides held.
func (h *Harbour) touch(berth int) {
	h.mu.Lock() // want "Locks `Harbour.mu`, and nothing unlocks it"
	h.levels[berth]++
}

func survey(ships []*Ship) map[string]bool {
	var mu sync.Mutex
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for _, ship := range ships {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock() // want "Locks `mu`, and nothing unlocks it"
			seen[ship.Name] = true
		}()
	}
	wg.Wait()
	return seen
}
