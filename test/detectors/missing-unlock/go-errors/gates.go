package sluice

import (
	"errors"
	"fmt"
	"sync"
)

var ErrDry = errors.New("dry")

type Gate struct {
	mu    sync.Mutex
	level int
	open  bool
}

type Sluice struct {
	mu    sync.Mutex
	gates map[string]*Gate
}

// Of its errors one comes with the lock.
func (s *Sluice) gate(name string) (*Gate, error) {
	s.mu.Lock()
	g, ok := s.gates[name]
	s.mu.Unlock()
	if !ok {
		return nil, ErrDry
	}
	g.mu.Lock()
	if g.level == 0 {
		return nil, fmt.Errorf("no water at %s", name) // want "Returns an error here with `Gate.mu` still locked; all who call it only unlock it where there was no error\."
	}
	return g, nil
}

func (s *Sluice) Raise(name string) error {
	g, err := s.gate(name)
	if err != nil {
		return err
	}
	defer g.mu.Unlock()
	g.open = true
	return nil
}

func (s *Sluice) Drop(name string) error {
	g, err := s.gate(name)
	if err != nil {
		return fmt.Errorf("drop: %w", err)
	}
	g.open = false
	g.mu.Unlock()
	return nil
}

// Nobody who gets an error has anything to give back.
type Weir struct {
	mu    sync.Mutex
	level int
}

func (w *Weir) measured() (int, error) {
	w.mu.Lock()
	level, err := w.read()
	if err != nil {
		w.mu.Unlock()
		return 0, err
	}
	return level, nil
}

func (w *Weir) read() (int, error) { return w.level, nil }

func (w *Weir) Fill() error {
	level, err := w.measured()
	if err != nil {
		return err
	}
	defer w.mu.Unlock()
	w.level = level + 1
	return nil
}

// Who asks gives it back whatever comes of it.
type Lock struct {
	mu    sync.Mutex
	boats []string
}

func (l *Lock) first() (string, error) {
	l.mu.Lock()
	if len(l.boats) == 0 {
		return "", ErrDry
	}
	return l.boats[0], nil
}

func (l *Lock) Pass() error {
	_, err := l.first()
	if err != nil {
		l.mu.Unlock()
		return err
	}
	l.boats = l.boats[1:]
	l.mu.Unlock()
	return nil
}

// One of two who ask gives it back.
type Ramp struct {
	mu    sync.Mutex
	carts []string
}

func (r *Ramp) next() (string, error) {
	r.mu.Lock()
	if len(r.carts) == 0 {
		return "", ErrDry
	}
	return r.carts[0], nil
}

func (r *Ramp) Pull() error {
	_, err := r.next()
	if err != nil {
		return err // want "Returns here with `Ramp.mu` still locked; other ways unlock it"
	}
	r.carts = r.carts[1:]
	r.mu.Unlock()
	return nil
}

func (r *Ramp) Push() error {
	cart, err := r.next()
	if err != nil {
		r.mu.Unlock()
		return err
	}
	r.carts = append(r.carts, cart)
	r.mu.Unlock()
	return nil
}

// With an error it is given back on leaving.
type Ferry struct {
	mu   sync.Mutex
	seat int
}

type Ferries struct {
	byName map[string]*Ferry
}

func (f *Ferries) board(name string) (ferry *Ferry, err error) {
	ferry = f.byName[name]
	ferry.mu.Lock()
	defer func() {
		if err != nil {
			ferry.mu.Unlock()
		}
	}()
	if ferry.seat == 0 {
		return nil, ErrDry
	}
	return ferry, nil
}

func (f *Ferries) Cross(name string) error {
	ferry, err := f.board(name)
	if err != nil {
		return err
	}
	defer ferry.mu.Unlock()
	ferry.seat--
	return nil
}
