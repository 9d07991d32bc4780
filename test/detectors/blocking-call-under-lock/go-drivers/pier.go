package pier

import (
	"database/sql"
	"sync"

	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"
)

// Pier may be on a server: a setting chooses the driver.
type Pier struct {
	mu    sync.Mutex
	db    *sql.DB
	boats map[string]int
}

func Open(driver, source string) (*Pier, error) {
	db, err := sql.Open(driver, source)
	return &Pier{db: db, boats: map[string]int{}}, err
}

func (p *Pier) Boat(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.boats[name]
}

func (p *Pier) Boats() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.boats)
}

func (p *Pier) Tie(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.boats[name]++
	p.db.Exec("INSERT INTO boats (name) VALUES (?)", name) // want "`Tie` holds `Pier.mu` .* wait as long\.$"
}
