package railway

import "sync"

const (
	freight = iota
	express
)

type Yard struct {
	mu   sync.Mutex
	cars []*Wagon
}

// Wagon is of one kind for good; a yard holds those of freight trains only.
type Wagon struct {
	mu   sync.Mutex
	kind int
	load int
}

func (y *Yard) Load() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.loaded()
}

func (y *Yard) loaded() int {
	sum := 0
	for _, car := range y.cars {
		car.mu.Lock()
		sum += car.load
		car.mu.Unlock()
	}
	return sum
}

func Couple(y *Yard, w *Wagon) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.load += y.Free() // want-info "`Couple` takes `Yard.mu` while it holds `Wagon.mu`, .* Objects of different kinds are never the same one"
}

func (y *Yard) Free() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return 80 - len(y.cars)
}
