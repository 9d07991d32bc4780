package mill

import "sync"

// Yard is seldom asked with the lock.
type Yard struct {
	mu    sync.Mutex
	carts map[string]int
}

func (y *Yard) In(name string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.carts[name]++
}

func (y *Yard) Out(name string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	delete(y.carts, name)
}

func (y *Yard) Find(name string) int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.carts[name]
}

func (y *Yard) Turn(name string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.carts[name] = -y.carts[name]
}

func (y *Yard) First() int {
	return y.carts["first"] // want-info "`First` reads `Yard.carts` .* guarded in 4 of 6 .* Several do"
}

func (y *Yard) Last() int {
	return y.carts["last"] // want-info "`Last` reads `Yard.carts` .* Several do"
}
