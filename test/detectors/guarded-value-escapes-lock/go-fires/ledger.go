package clinic

import (
	"encoding/json"
	"sync"
)

type Account struct {
	Balance int
	Owner   string
	limit   int
}

func (a *Account) isOver() bool { return a.limit < a.Balance }

type Ledger struct {
	mu       sync.Mutex
	accounts map[string]*Account
	main     *Account
	spare    *Account
}

func NewLedger() *Ledger {
	return &Ledger{accounts: map[string]*Account{}, main: &Account{}}
}

func (l *Ledger) Pay(id string, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a, ok := l.accounts[id]; ok {
		a.Balance += n
		a.limit++
	}
	l.main.Balance -= n
}

// What a caller gets is the account itself.
func (l *Ledger) Account(id string) *Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.accounts[id] // want "`Account` returns a pointer out of `Ledger.accounts`: `Statement` serialises `Account.Balance` without `Ledger.mu`, while `Pay` changes it under that lock"
}

func Statement(l *Ledger, id string) ([]byte, error) {
	return json.Marshal(l.Account(id))
}

func (l *Ledger) Find(id string) (*Account, bool) {
	l.mu.Lock()
	a, ok := l.accounts[id]
	l.mu.Unlock()
	return a, ok // want "`Find` returns a pointer out of `Ledger.accounts`: `Overdrawn` uses `Account.Balance`"
}

func Overdrawn(l *Ledger, id string) bool {
	a, ok := l.Find(id)
	return ok && a.Balance < 0
}

func (l *Ledger) Main() *Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.main // want "`Main` returns a pointer out of `Ledger.main`: `IsFull` uses `Account.(Balance|limit)`"
}

func IsFull(l *Ledger) bool { return l.Main().isOver() }

func (l *Ledger) Draw(id string, n int) {
	l.mu.Lock()
	a := l.accounts[id]
	l.mu.Unlock()
	a.limit = n // want "`Draw` uses `Account.limit` after it has released `Ledger.mu`, while `Pay`"
}

// The field itself never gets another value.
func (l *Ledger) Save() ([]byte, error) {
	l.mu.Lock()
	a := l.main
	l.mu.Unlock()
	return json.Marshal(a) // want "`Save` serialises `Account.Balance` after it has released `Ledger.mu`"
}
