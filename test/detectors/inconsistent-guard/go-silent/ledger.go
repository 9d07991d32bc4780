package library

import "sync"

// Most do without the lock: it is there for something else.
type ledger struct {
	mu    sync.Mutex
	lines map[string]int
}

func (l *ledger) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[line]++
}

func (l *ledger) drop(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.lines, line)
}

func (l *ledger) first() int  { return l.lines["first"] }
func (l *ledger) last() int   { return l.lines["last"] }
func (l *ledger) middle() int { return l.lines["middle"] }
