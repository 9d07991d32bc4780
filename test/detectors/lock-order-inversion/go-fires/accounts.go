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

// What one of them holds says nothing of which comes first.
func Pay(from, to *Account, dues int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want "`Pay` takes `Account\.mu` of `from` and then of `to`"
	defer to.mu.Unlock()
	if from.dues < dues {
		return
	}
	from.dues -= dues
	to.dues += dues
}

func Lend(from, to *Account, dues int) {
	if dues > to.dues {
		return
	}
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want "`Lend` takes `Account\.mu` of `from` and then of `to`"
	defer to.mu.Unlock()
	to.dues -= dues
}

type Office struct {
	mu       sync.Mutex
	accounts map[string]*Account
}

func (o *Office) find(name string) *Account {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.accounts[name]
}

func (o *Office) Merge(from, to string) {
	o.find(from).Join(o.find(to))
}

func (a *Account) Join(other *Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	other.mu.Lock() // want "`Join` takes `Account\.mu` of `a` and then of `other`"
	defer other.mu.Unlock()
	a.dues += other.dues
}
