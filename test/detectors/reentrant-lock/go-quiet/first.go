package shipyard

import "sync"

type Ferry struct {
	mu    sync.Mutex
	seats map[string]int
}

// Takes the lock when there is something to do for the first time.
func (f *Ferry) Board(names []string) {
	boarded := 0
	for _, name := range names {
		boarded++
		if boarded == 1 {
			f.mu.Lock()
			defer f.mu.Unlock()
		}
		f.seats[name]++
	}
}

func (f *Ferry) Leave(names []string) {
	isLocked := false
	for _, name := range names {
		if name == "" {
			continue
		}
		if !isLocked {
			f.mu.Lock()
			defer f.mu.Unlock()
			isLocked = true
		}
		delete(f.seats, name)
	}
}

// Whoever takes the lock leaves, whatever the loop would do next.
func (f *Ferry) Find(names []string) int {
	for i := len(names) - 1; i >= 0; i-- {
		if names[i] == "" {
			continue
		}
		if f.seats[names[i]] == i {
			f.mu.Lock()
			defer f.mu.Unlock()
		}
		return f.seats[names[i]]
	}
	return 0
}
