package quay

import (
	"net/http"
	"sync"
)

// One lock for each ship.
type ShipLocks struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
}

func (s *ShipLocks) of(ship string) *sync.Mutex {
	s.mu.Lock()
	defer s.mu.Unlock()
	lock, ok := s.locks[ship]
	if !ok {
		lock = &sync.Mutex{}
		s.locks[ship] = lock
	}
	return lock
}

func (s *ShipLocks) Hold(ship string) func() {
	lock := s.of(ship)
	lock.Lock()
	return lock.Unlock
}

type Quay struct {
	locks *ShipLocks
	cargo map[string]int
	one   sync.Mutex
}

func (q *Quay) Routes() {
	http.HandleFunc("/tow", func(w http.ResponseWriter, r *http.Request) {
		from, to := r.FormValue("from"), r.FormValue("to")
		q.Tow(from, to)
		q.TowInOrder(from, to)
		q.TowAlone(from, to)
		q.TowTwice(from, to)
		q.TowApart(from, to)
	})
}

func (q *Quay) Tow(from, to string) {
	defer q.locks.Hold(from)()
	defer q.locks.Hold(to)() // want "^`Tow` takes `q.locks.Hold` of `from` and then of `to`, in the order its caller names them\."
	q.cargo[to] += q.cargo[from]
}

// Put in order before.
func (q *Quay) TowInOrder(from, to string) {
	if from > to {
		from, to = to, from
	}
	defer q.locks.Hold(from)()
	defer q.locks.Hold(to)()
	q.cargo[to] += q.cargo[from]
}

// One at a time.
func (q *Quay) TowAlone(from, to string) {
	q.one.Lock()
	defer q.one.Unlock()
	defer q.locks.Hold(from)()
	defer q.locks.Hold(to)()
	q.cargo[to] += q.cargo[from]
}

// One after the other.
func (q *Quay) TowApart(from, to string) {
	release := q.locks.Hold(from)
	q.cargo[from] = 0
	release()
	defer q.locks.Hold(to)()
	q.cargo[to]++
}

// The least first.
func (q *Quay) TowTwice(from, to string) {
	defer q.locks.Hold(min(from, to))()
	defer q.locks.Hold(max(from, to))()
	q.cargo[to] += q.cargo[from]
}
