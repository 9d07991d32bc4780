package ferry

import (
	"sync"
	"time"
)

// Fuse is broken when something is to end.
type Fuse struct{ gone chan struct{} }

func (f *Fuse) Break() { close(f.gone) }

// Lookout waits for the one it has told to go.
type Lookout struct {
	mu   sync.Mutex
	seen map[string]int
	done Fuse
	left chan struct{}
}

func (l *Lookout) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done.Break()
	<-l.left // want-info "`Reset` holds `Lookout.mu` .* has been told to end just before"
}

func (l *Lookout) Await() {
	l.mu.Lock()
	defer l.mu.Unlock()
	time.Sleep(time.Minute) // want "`Await` holds `Lookout.mu` while it sleeps .* as long\.$"
}

func (l *Lookout) Seen(ship string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seen[ship]
}

func (l *Lookout) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.seen)
}
