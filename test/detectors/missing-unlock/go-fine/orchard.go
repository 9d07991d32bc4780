package orchard

import (
	"errors"
	"sync"
)

var errFull = errors.New("full")

type Tree struct {
	mu    sync.Mutex
	next  *Tree
	fruit int
}

type Orchard struct {
	mu     sync.Mutex
	paths  sync.RWMutex
	trees  []*Tree
	picked map[string]int
	quiet  bool
	full   chan bool
}

func (o *Orchard) Pick(name string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.quiet {
		return errFull
	}
	o.picked[name]++
	return nil
}

func (o *Orchard) PickQuickly(name string) int {
	o.mu.Lock()
	n, ok := o.picked[name]
	if !ok {
		o.mu.Unlock()
		return 0
	}
	o.mu.Unlock()
	return n
}

func (o *Orchard) lockTrees() {
	o.mu.Lock()
}

func (o *Orchard) unlockTrees() {
	o.mu.Unlock()
}

// Freeze stops all work; the caller thaws it.
func (o *Orchard) Freeze() func() {
	o.paths.Lock()
	return func() { o.paths.Unlock() }
}

func (o *Orchard) Close() func() {
	o.paths.Lock()
	return o.paths.Unlock
}

func (o *Orchard) Count(isHeld bool) int {
	if !isHeld {
		o.mu.Lock()
	}
	n := len(o.picked)
	if !isHeld {
		o.mu.Unlock()
	}
	return n
}

func (o *Orchard) Drop(names []string) {
	if len(names) > 0 {
		o.mu.Lock()
	}
	for _, name := range names {
		delete(o.picked, name)
	}
	if len(names) > 0 {
		o.mu.Unlock()
	}
}

func (o *Orchard) Water() {
	o.mu.Lock()
	isLocked := true
	if o.quiet {
		o.mu.Unlock()
		isLocked = false
	}
	o.sprinkle()
	if isLocked {
		o.mu.Unlock()
	}
}

func (o *Orchard) sprinkle() {}

func (o *Orchard) Try() bool {
	if !o.mu.TryLock() {
		return false
	}
	defer o.mu.Unlock()
	return o.quiet
}

func (o *Orchard) TryLater() bool {
	ok := o.mu.TryLock()
	if ok {
		o.picked["x"]++
	}
	if ok {
		o.mu.Unlock()
	}
	return ok
}

func (o *Orchard) Wait() {
	o.mu.Lock()
	for !o.quiet {
		o.mu.Unlock()
		<-o.full
		o.mu.Lock()
	}
	o.mu.Unlock()
}

// pause expects o.mu to be taken.
func (o *Orchard) pause() {
	o.mu.Unlock()
	defer o.mu.Lock()
	<-o.full
}

func (o *Orchard) Rest() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pause()
}

func (o *Orchard) Background(name string) {
	o.mu.Lock()
	go func() {
		defer o.mu.Unlock()
		o.picked[name]++
	}()
}

func (o *Orchard) Guarded(name string) (err error) {
	o.mu.Lock()
	defer func() {
		if err == nil {
			o.picked[name]++
		}
		o.mu.Unlock()
	}()
	if o.quiet {
		return errFull
	}
	return nil
}

func last(first *Tree) int {
	tree := first
	tree.mu.Lock()
	for tree.next != nil {
		next := tree.next
		next.mu.Lock()
		tree.mu.Unlock()
		tree = next
	}
	n := tree.fruit
	tree.mu.Unlock()
	return n
}

func (o *Orchard) Total() int {
	for _, tree := range o.trees {
		tree.mu.Lock()
	}
	n := 0
	for _, tree := range o.trees {
		n += tree.fruit
	}
	for _, tree := range o.trees {
		tree.mu.Unlock()
	}
	return n
}

func (o *Orchard) Search(rows [][]string) string {
	found := ""
	o.mu.Lock()
rows:
	for _, row := range rows {
		for _, name := range row {
			if o.picked[name] > 0 {
				found = name
				break rows
			}
		}
	}
	o.mu.Unlock()
	return found
}

func (o *Orchard) Begin(name string) error {
	o.mu.Lock()
	if o.picked[name] > 9 {
		o.mu.Unlock()
		return errFull
	}
	return nil
}

func (o *Orchard) harvest(name string) (int, error) {
	o.mu.Lock()
	if o.quiet {
		o.mu.Unlock()
		return 0, errFull
	}
	return o.picked[name], nil
}

func (o *Orchard) Sell(name string) int {
	n, err := o.harvest(name)
	if err != nil {
		return 0
	}
	o.picked[name] = 0
	o.mu.Unlock()
	return n
}

func (o *Orchard) Must(name string) int {
	o.mu.Lock()
	n, ok := o.picked[name]
	if !ok {
		panic("no " + name) // want-info "unless somebody recovers"
	}
	o.mu.Unlock()
	return n
}

type Basket struct {
	sync.RWMutex
	apples []int
}

type Apples struct {
	basket *Basket
	at     int
}

func (b *Basket) Apples() *Apples {
	b.RLock()
	return &Apples{basket: b}
}

func (a *Apples) Close() {
	a.basket.RUnlock()
}
