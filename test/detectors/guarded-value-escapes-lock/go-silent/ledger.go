package archive

import (
	"encoding/json"
	"sync"
)

type Account struct {
	Owner   string
	Balance int
	limit   int
}

type Ledger struct {
	mu       sync.Mutex
	accounts map[string]*Account
	waiting  []*Account
	main     *Account
	safe     *Safe
}

func NewLedger() *Ledger {
	return &Ledger{accounts: map[string]*Account{}, main: &Account{}, safe: &Safe{}}
}

func (l *Ledger) Pay(id string, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a, ok := l.accounts[id]; ok {
		a.Balance += n
	}
	l.waiting[0].Balance += n
	l.main.Balance -= n
}

func (l *Ledger) Open(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := &Account{Owner: id}
	a.Owner = id
	l.accounts[id] = a
}

// Nobody changes the owner, and nobody uses more of it.
func (l *Ledger) Account(id string) *Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.accounts[id]
}

func OwnerOf(l *Ledger, id string) string { return l.Account(id).Owner }

func Has(l *Ledger, id string) bool { return l.Account(id) != nil }

// A copy, by whatever way.
func (l *Ledger) Status() *Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	main := *l.main
	return &main
}

func (l *Ledger) Value() Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	return *l.main
}

func Print(l *Ledger) ([]byte, error) {
	if l.Value().Balance > 0 {
		return json.Marshal(l.Value())
	}
	return json.Marshal(l.Status().Balance)
}

// Taken out of the ledger: nobody else has it.
func (l *Ledger) Close(id string) ([]byte, error) {
	l.mu.Lock()
	a := l.accounts[id]
	delete(l.accounts, id)
	l.mu.Unlock()
	a.Balance = 0
	return json.Marshal(a)
}

func (l *Ledger) remove(id string) { delete(l.accounts, id) }

func (l *Ledger) Drop(id string) ([]byte, error) {
	l.mu.Lock()
	a := l.accounts[id]
	l.remove(id)
	l.mu.Unlock()
	return json.Marshal(a)
}

func (l *Ledger) Next() *Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.waiting[0]
	l.waiting = l.waiting[1:]
	return a
}

func Serve(l *Ledger) int { return l.Next().Balance }

// What is not exported no serialiser sees.
type Sealed struct {
	mu  sync.Mutex
	own *seal
}

type seal struct{ count int }

func (s *Sealed) Count() {
	s.mu.Lock()
	s.own.count++
	s.mu.Unlock()
}

func (s *Sealed) Save() ([]byte, error) {
	s.mu.Lock()
	own := s.own
	s.mu.Unlock()
	return json.Marshal(own)
}

// An object that takes its own lock.
type Safe struct {
	mu  sync.Mutex
	sum int
}

func (s *Safe) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sum += n
}

func (s *Safe) Sum() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sum
}

func (l *Ledger) Put(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.safe.Add(n)
}

func (l *Ledger) Safe() *Safe {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.safe
}

func SumOf(l *Ledger) int { return l.Safe().Sum() }
