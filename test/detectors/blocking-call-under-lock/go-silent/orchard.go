package orchard

import (
	"database/sql"
	"net/http"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

type Orchard struct {
	mu      sync.Mutex
	cond    *sync.Cond
	presses *semaphore.Weighted
	db      *sql.DB
	trees   map[string]int
	ripe    chan string
	picked  chan string
	done    chan struct{}
}

func New(db *sql.DB) *Orchard {
	o := &Orchard{db: db, trees: map[string]int{}, ripe: make(chan string, 16), done: make(chan struct{})}
	o.cond = sync.NewCond(&o.mu)
	return o
}

func (o *Orchard) Count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.trees)
}

// Copied under the lock, written without it.
func (o *Orchard) Save() error {
	o.mu.Lock()
	count := len(o.trees)
	o.mu.Unlock()
	_, err := o.db.Exec("UPDATE orchards SET trees = ?", count)
	return err
}

// Given back on every way before it sleeps.
func (o *Orchard) Rest(short bool) {
	o.mu.Lock()
	if short {
		o.mu.Unlock()
		time.Sleep(time.Second)
		return
	}
	o.trees["resting"]++
	o.mu.Unlock()
	time.Sleep(time.Hour)
}

// A window: the lock is given back for the request and taken again.
func (o *Orchard) Weather() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.trees["asked"]++
	o.mu.Unlock()
	http.Get("https://weather.example.com")
	o.mu.Lock()
}

// The same in a function that is called with the lock held.
func (o *Orchard) Irrigate() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.openValve()
}

func (o *Orchard) openValve() {
	o.mu.Unlock()
	http.Post("https://valves.example.com", "", nil)
	o.mu.Lock()
}

// A condition gives the lock back while it waits.
func (o *Orchard) NextRipe() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.trees) == 0 {
		o.cond.Wait()
	}
}

func (o *Orchard) waitForTrees() {
	for len(o.trees) == 0 {
		o.cond.Wait()
	}
}

func (o *Orchard) NextTree() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waitForTrees()
}

// Only started under the lock.
func (o *Orchard) Harvest() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.trees["harvested"]++
	go o.Save()
	go func() {
		time.Sleep(time.Second)
		o.Save()
	}()
}

// There is room, or there is a default.
func (o *Orchard) Ripen(tree string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ripe <- tree
	select {
	case o.picked <- tree:
	default:
	}
	close(o.done)
}

func (o *Orchard) Ask() <-chan int {
	answers := make(chan int, 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	answers <- len(o.trees)
	return answers
}

// Others get on with a semaphore of several.
func (o *Orchard) Press(ctx interface{ Done() <-chan struct{} }) {
	o.presses.Acquire(nil, 1)
	defer o.presses.Release(1)
	o.db.Exec("UPDATE presses SET runs = runs + 1")
}

// Not taken, so nothing is held where it sleeps.
func (o *Orchard) TryPrune() {
	if !o.mu.TryLock() {
		time.Sleep(time.Second)
		return
	}
	o.trees["pruned"]++
	o.mu.Unlock()
}

// Prepared under the lock, run later by whoever gets it.
func (o *Orchard) Later() func() {
	o.mu.Lock()
	defer o.mu.Unlock()
	return func() { o.db.Exec("DELETE FROM notes") }
}

// Only looks at files, and nobody outside asked for it.
func (o *Orchard) HasMap() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, err := os.Stat("map.png")
	return err == nil
}

// Only ever taken for reading: nobody is kept out.
type Almanac struct {
	mu sync.RWMutex
	db *sql.DB
}

func (a *Almanac) Look() {
	a.mu.RLock()
	defer a.mu.RUnlock()
	a.db.Query("SELECT day FROM days")
}

func (a *Almanac) Peek() {
	a.mu.RLock()
	defer a.mu.RUnlock()
}
