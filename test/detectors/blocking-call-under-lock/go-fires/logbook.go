package harbour

import (
	"os"
	"sync"
)

type Logbook struct {
	mu    sync.Mutex
	file  *os.File
	names map[string]int
	wg    sync.WaitGroup
}

func (l *Logbook) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.names)
}

func (l *Logbook) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Sync() // want "`Flush` holds `Logbook.mu` while it reads or writes files"
}

// When it ends, few others want it.
func (l *Logbook) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wg.Wait() // want "`Close` holds `Logbook.mu` .* It runs when something starts or ends"
}

func (l *Logbook) Named(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.names[name]
}
