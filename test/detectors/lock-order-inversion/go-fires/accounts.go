package harbour

import "sync"

type Account struct {
	mu   sync.Mutex
	dues int
}

// Whoever calls decides the order.
func Transfer(from, to *Account, dues int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want "takes `Account\.mu` of `from` and then of `to`, in the order its caller names them"
	defer to.mu.Unlock()
	from.dues -= dues
	to.dues += dues
}

func (a *Account) Absorb(other *Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.dues += other.Empty() // want "takes `Account\.mu` of `a` and then of `other`"
}

func (a *Account) Empty() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	dues := a.dues
	a.dues = 0
	return dues
}
