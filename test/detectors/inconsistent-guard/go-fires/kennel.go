package kennel

import "sync"

type Kennel struct {
	mu    sync.RWMutex
	boxes map[string]*Box
}

type Box struct {
	mu    sync.Mutex
	dogs  map[string]int
	meals int
}

func (k *Kennel) Add(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.boxes[name] = &Box{dogs: map[string]int{}}
}

func (k *Kennel) Box(name string) *Box {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.boxes[name]
}

func (b *Box) Put(dog string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dogs[dog]++ // want-step "holds `Box.mu` and writes"
}

func (b *Box) Take(dog string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.dogs, dog)
}

func (b *Box) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.dogs)
}

func (b *Box) Feed() {
	b.mu.Lock()
	b.meals++
	b.mu.Unlock()
}

func (b *Box) Meals() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.meals
}

// Dogs is called by the page of the kennel.
func (k *Kennel) Dogs() []string {
	k.mu.RLock()
	defer k.mu.RUnlock()
	var dogs []string
	for _, box := range k.boxes {
		for dog := range box.dogs { // want "`Dogs` reads `Box.dogs` without `Box.mu`: it is guarded in 3 of 4"
			dogs = append(dogs, dog)
		}
	}
	return dogs
}

// Eaten is called by the page of the kennel.
func (k *Kennel) Eaten() int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	sum := 0
	for _, box := range k.boxes {
		sum += box.meals // want "`Eaten` reads `Box.meals` without `Box.mu`: it is guarded in 2 of 3"
	}
	return sum
}

// Run goes on while others come for its parts.
type Run struct {
	gates []*Gate
	done  chan bool
}

// Gate keeps who went through.
type Gate struct {
	mu   sync.Mutex
	gone map[string]int
}

func (g *Gate) Note(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.gone[name]++
}

func (g *Gate) Forget(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.gone, name)
}

func (g *Gate) Count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.gone)
}

func (g *Gate) reset(name string) {
	g.gone[name] = 0 // want "`reset` changes `Gate.gone`"
}

func (r *Run) Watch(name string) {
	for <-r.done {
		for _, gate := range r.gates {
			gate.reset(name)
		}
	}
}

func NewRun() *Run {
	return &Run{}
}

func Keep(name string) {
	run := NewRun()
	run.Watch(name)
}
