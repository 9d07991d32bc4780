package main

import (
	"database/sql"
	"sync"
)

type PierLog struct {
	mu    sync.Mutex
	db    *sql.DB
	lines map[string]int
}

func (l *PierLog) Add(line string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[line]++
	_, err := l.db.Exec("INSERT INTO lines")
	return err
}

func (l *PierLog) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lines)
}

func (l *PierLog) Has(line string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines[line] > 0
}
