package orchard

import (
	"errors"
	"sync"
)

type Stall struct {
	mu    sync.Mutex
	sold  map[string]int
	prices Prices
	alone bool
}

type Prices struct {
	mu  sync.Mutex
	day int
}

// What is deferred is done to the copy.
func (s *Stall) Reprice(day int) {
	p := Prices{day: day}
	s.prices.mu.Lock()
	defer s.prices.mu.Unlock()
	p.mu.Lock()
	s.prices = p
}

// One of the round, which is there or not.
func (s *Stall) Clear(locks []*sync.Mutex, names []string) {
	for i, name := range names {
		var mu *sync.Mutex
		if locks != nil {
			mu = locks[i]
			mu.Lock()
		}
		delete(s.sold, name)
		if mu != nil {
			mu.Unlock()
		}
	}
}

type Sale struct {
	once   sync.Once
	closer func()
}

func (s *Sale) End() {
	s.once.Do(s.closer)
}

// Whoever gets the sale ends it.
func (s *Stall) Open(name string) (*Sale, error) {
	if !s.alone {
		s.mu.Lock()
	}
	cleanup := func() {
		if !s.alone {
			s.mu.Unlock()
		}
	}
	if s.sold[name] == 0 {
		cleanup()
		return nil, errors.New("sold out")
	}
	return &Sale{closer: func() {
		s.sold[name]--
		cleanup()
	}}, nil
}

func (s *Stall) Sell(name string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sold[name] -= n
}
