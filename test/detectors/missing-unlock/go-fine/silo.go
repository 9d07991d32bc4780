package orchard

import (
	"errors"
	"io"
	"sync"
)

type Silo struct {
	mu     sync.RWMutex
	bins   map[string]chan int
	closed bool
}

// Fill holds the lock until find has said how it is given back.
func (s *Silo) Fill(grain string, load int) error {
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return errors.New("closed")
	}
	bin, done, err := s.find(grain)
	defer done()
	if err != nil {
		return err
	}
	bin <- load
	return nil
}

// find trades the lock for one to write with where there is no such bin.
func (s *Silo) find(grain string) (chan int, func(), error) {
	done := func() { s.mu.RUnlock() }
	if bin, ok := s.bins[grain]; ok {
		return bin, done, nil
	}
	s.mu.RUnlock()
	s.mu.Lock()
	done = func() { s.mu.Unlock() }
	if grain == "" {
		return nil, done, errors.New("no grain")
	}
	s.bins[grain] = make(chan int, 8)
	return s.bins[grain], done, nil
}

// Scale weighs what comes over one belt.
type Scale struct {
	mu   sync.Mutex
	belt io.Reader
}

func scaleAt(belt io.Reader) *Scale { return &Scale{belt: belt} }

func (s *Scale) weigh() (int, error) {
	s.mu.Lock()
	buf := make([]byte, 4)
	if _, err := io.ReadFull(s.belt, buf); err != nil {
		return 0, err
	}
	s.mu.Unlock()
	return int(buf[0]), nil
}

// Nobody knows the scale but this line.
func Weigh(belt io.Reader) (int, error) {
	return scaleAt(belt).weigh()
}
