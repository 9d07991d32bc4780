package lighthouse

import (
	"net/http"
	"sort"
	"sync"
)

type byHour []int

func (b byHour) Len() int           { return len(b) }
func (b byHour) Less(i, j int) bool { return b[i] < b[j] }
func (b byHour) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type Keepers struct {
	mu     sync.Mutex
	shifts map[string][]int
}

func (k *Keepers) Count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.shifts)
}

// Calculations end by themselves.
func (k *Keepers) Sort() {
	k.mu.Lock()
	defer k.mu.Unlock()
	var wg sync.WaitGroup
	for _, shift := range k.shifts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sort.Sort(byHour(append(shift, len(shift))))
		}()
	}
	wg.Wait() // want-info "`Sort` holds `Keepers.mu` .* work of the program itself, which is not seen to need the lock or to ask others\.$"
}

// Requests take as long as they take.
func (k *Keepers) Ask() {
	k.mu.Lock()
	defer k.mu.Unlock()
	var wg sync.WaitGroup
	for name := range k.shifts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			http.Get("https://keepers.example.com/" + name)
		}()
	}
	wg.Wait() // want "`Ask` holds `Keepers.mu` .* waits? as long\.$"
}

type pager interface{ Page(name string) }

// Nothing slow is seen behind the interface.
func (k *Keepers) Page(p pager) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var wg sync.WaitGroup
	for name := range k.shifts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.Page(name)
		}()
	}
	wg.Wait()
}

func (k *Keepers) Shift(name string) []int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.shifts[name]
}
