package harbour

import (
	"errors"
	"io"
	"sync"
)

type Lighter struct {
	mu    sync.Mutex
	holds map[string]chan int
}

// Load returns before it is told how the lock is given back.
func (l *Lighter) Load(cargo string, load int) error {
	l.mu.Lock()
	if l.holds == nil {
		l.mu.Unlock()
		return errors.New("laid up")
	}
	if cargo == "" {
		return errors.New("nothing to load") // want "Returns here with `Lighter.mu` still locked"
	}
	hold, done := l.find(cargo)
	defer done()
	hold <- load
	return nil
}

func (l *Lighter) find(cargo string) (chan int, func()) {
	return l.holds[cargo], func() { l.mu.Unlock() }
}

// Gauge is read by whoever passes by.
type Gauge struct {
	mu   sync.Mutex
	wire io.Reader
}

func gaugeOn(wire io.Reader) *Gauge { return &Gauge{wire: wire} }

func (g *Gauge) read() (int, error) {
	g.mu.Lock()
	buf := make([]byte, 4)
	if _, err := io.ReadFull(g.wire, buf); err != nil {
		return 0, err // want "Returns here with `Gauge.mu` still locked"
	}
	g.mu.Unlock()
	return int(buf[0]), nil
}

// The gauge is kept between two readings.
func Depth(wire io.Reader) (int, error) {
	gauge := gaugeOn(wire)
	if first, err := gauge.read(); err == nil {
		return first, nil
	}
	return gauge.read()
}
