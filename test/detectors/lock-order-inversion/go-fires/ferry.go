package harbour

import "sync"

type Ferry struct {
	mu     sync.Mutex
	quay   *Quay
	aboard int
}

type Quay struct {
	mu      sync.Mutex
	ferry   *Ferry
	waiting int
}

// One way round: here and in Count.
func (f *Ferry) Board() {
	f.mu.Lock() // want-step "`Board`: takes `Ferry\.mu`"
	defer f.mu.Unlock()
	f.quay.mu.Lock() // want-step "takes `Quay\.mu`, `Ferry\.mu` held"
	f.aboard += f.quay.waiting
	f.quay.mu.Unlock()
}

func (f *Ferry) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.aboard + f.quay.Waiting()
}

func (q *Quay) Waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting
}

// The other way round.
func (q *Quay) Close() {
	q.mu.Lock() // want-step "`Close`: takes `Quay\.mu`"
	defer q.mu.Unlock()
	q.empty() // want "`Close` takes `Ferry\.mu` while it holds `Quay\.mu`, and `Board` takes `Quay\.mu` while it holds `Ferry\.mu`, as one other place does"
}

func (q *Quay) empty() {
	q.ferry.clear() // want-step "calls .*clear"
}

func (f *Ferry) clear() {
	f.mu.Lock() // want-step "takes `Ferry\.mu`, `Quay\.mu` held"
	defer f.mu.Unlock()
	f.aboard = 0
}
