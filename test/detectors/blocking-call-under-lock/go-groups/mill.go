package mill

import (
	"net/http"
	"sync"
)

func main() {
	http.HandleFunc("/grind", grind)
	http.HandleFunc("/stones", stones)
	http.ListenAndServe(":8080", nil)
}

var mill = &Mill{stones: map[string]int{}, crew: &Crew{}}

func grind(w http.ResponseWriter, r *http.Request) {
	mill.Restart()
	mill.Replace(r.URL.Path)
	sieve.Shake(r.URL.Path)
	archive.Leaves([]string{r.URL.Path})
	archive.Bind([]string{r.URL.Path})
	archive.Print([]string{r.URL.Path})
}

func stones(w http.ResponseWriter, r *http.Request) {
	mill.Stone(r.URL.Path)
	mill.Count()
	sieve.Grain(r.URL.Path)
	sieve.Count()
	archive.Add(r.URL.Path)
	archive.Drop(r.URL.Path)
	if archive.Has(r.URL.Path) && archive.Len() > 0 {
		w.WriteHeader(http.StatusOK)
	}
}

// Crew runs what it is handed.
type Crew struct {
	wg sync.WaitGroup
}

func (c *Crew) Run(work func()) {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		work()
	}()
}

func (c *Crew) Wait() {
	c.wg.Wait()
}

// Mill has a crew whose work needs the lock.
type Mill struct {
	mu     sync.Mutex
	stones map[string]int
	crew   *Crew
	loads  sync.WaitGroup
}

func (m *Mill) Restart() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.crew.Wait() // want "`Restart` holds `Mill.mu` while it waits .* What it waits for needs the lock itself, in `Stone`: neither goes on\.$"
	m.stones = map[string]int{}
}

func (m *Mill) Replace(name string) {
	m.crew.Run(func() { m.Stone(name) })
	go m.load(name)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads.Wait() // want "`Replace` holds `Mill.mu` while it waits .* What it waits for needs the lock itself, in `load`: neither goes on\.$"
}

func (m *Mill) load(name string) {
	defer m.loads.Done()
	m.mu.Lock()
	m.stones[name]++
	m.mu.Unlock()
}

func (m *Mill) Stone(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.stones[name]
}

func (m *Mill) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.stones)
}

// Archive is read by several at a time.
type Archive struct {
	mu     sync.RWMutex
	leaves map[string]string
}

var archive = &Archive{leaves: map[string]string{}}

func fetch(name string) string {
	http.Get("https://leaves.example.com/" + name)
	return name
}

// Others read on meanwhile.
func (a *Archive) Leaves(names []string) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(a.leaves[name])
		}()
	}
	wg.Wait() // want-info "`Leaves` holds `Archive.mu` for reading .* It waits for a part of its own work, and others who read go on meanwhile"
}

// Nobody does meanwhile.
func (a *Archive) Bind(names []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(a.leaves[name])
		}()
	}
	wg.Wait() // want "`Bind` holds `Archive.mu` while it waits"
}

// A part of the work wants to write.
func (a *Archive) Print(names []string) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a.Add(fetch(name))
		}()
	}
	wg.Wait() // want "`Print` holds `Archive.mu` for reading while it waits"
}

func (a *Archive) Add(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.leaves[name] += name
}

func (a *Archive) Drop(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.leaves, name)
}

func (a *Archive) Has(name string) bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.leaves[name] != ""
}

func (a *Archive) Len() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.leaves)
}
