package clinic

func (l *Ledger) IsOver() bool {
	l.mu.Lock()
	a := l.main
	l.mu.Unlock()
	return a.isOver() // want "`IsOver` uses `Account.(Balance|limit)` after it has released `Ledger.mu`"
}
