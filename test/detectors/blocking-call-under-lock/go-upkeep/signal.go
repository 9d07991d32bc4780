// Package upkeep holds locks when few others want them.
package upkeep

import (
	"database/sql"
	"sync"
)

// Beacon is told to stop through a channel with room for that.
type Beacon struct {
	mu     sync.Mutex
	quit   chan struct{}
	dark   chan struct{}
	shines map[string]int
}

func NewBeacon() *Beacon {
	b := &Beacon{shines: map[string]int{}}
	b.quit = make(chan struct{}, 1)
	b.dark = make(chan struct{}, 1)
	go b.run()
	return b
}

func (b *Beacon) run() {
	for {
		select {
		case <-b.quit:
			return
		case <-b.dark:
			b.mu.Lock()
			b.shines = map[string]int{}
			b.mu.Unlock()
		}
	}
}

// Shutdown is the only one to send, and the channel has room.
func (b *Beacon) Shutdown() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.quit <- struct{}{}
}

// Darken fills the channel whenever somebody likes.
func (b *Beacon) Darken() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dark <- struct{}{} // want "`Darken` holds `Beacon.mu` .* neither goes on\.$"
}

func (b *Beacon) Shines() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.shines)
}

// Convoy has one ship that leads.
type Convoy struct {
	mu    sync.Mutex
	db    *sql.DB
	ships map[string]int
}

func (c *Convoy) OnResignation() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.db.Exec("DELETE FROM lead") // want-info "`OnResignation` holds `Convoy.mu` .* It runs when another node takes the lead"
	return err
}

func (c *Convoy) Join(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ships[name] = 1
	_, err := c.db.Exec("INSERT INTO ships") // want "`Join` holds `Convoy.mu` .* wait as long\.$"
	return err
}

func (c *Convoy) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.ships)
}

func (c *Convoy) Has(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ships[name] > 0
}

// Tally is locked where tests look at it.
type Tally struct {
	mu    sync.Mutex
	db    *sql.DB
	marks map[string]int
}

func (t *Tally) Mark(name string) error {
	// Hold it to avoid a race in some tests.
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := t.db.Exec("INSERT INTO marks") // want-info "`Mark` holds `Tally.mu` .* A comment says that the lock is taken for tests\.$"
	return err
}

func (t *Tally) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.marks)
}

func (t *Tally) Has(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.marks[name] > 0
}
