package lockhouse

import (
	"database/sql"
	"sync"
)

// Gates hold a lock to enforce serial updates: two ships must not be let in by two keepers.
type Gates struct {
	mu   sync.Mutex
	db   *sql.DB
	open int
}

func (g *Gates) Let(ship string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.db.Exec("INSERT INTO passages (ship) VALUES (?)", ship) // want-info "`Let` holds `Gates.mu` .* A comment says that the lock lets one at a time through on purpose\.$"
}

// NewBridges returns bridges that serialize their writes to the database.
func NewBridges(db *sql.DB) *Bridges { return &Bridges{db: db} }

type Bridges struct {
	sync.Mutex
	db     *sql.DB
	raised bool
}

func (b *Bridges) Raise() {
	b.Lock()
	defer b.Unlock()
	b.raised = true
	b.db.Exec("UPDATE bridges SET raised = true") // want-info "`Raise` holds `Bridges` .* A comment says"
}

func (b *Bridges) Raised() bool {
	b.Lock()
	defer b.Unlock()
	return b.raised
}

func (g *Gates) Open() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.open
}

type Basins struct {
	db *sql.DB
	mu sync.Mutex // Serializes the writes of the levels.
	// Counts what is asked for.
	countMu sync.Mutex
	level   int
	count   int
}

func (b *Basins) Fill(level int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.db.Exec("UPDATE basins SET level = ?", level) // want-info "`Fill` holds `Basins.mu` .* A comment says"
}

func (b *Basins) Level() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.level
}

func (b *Basins) Count() {
	b.countMu.Lock()
	defer b.countMu.Unlock()
	b.count++
	b.db.Exec("UPDATE basins SET count = ?", b.count) // want "`Count` holds `Basins.countMu` while it goes to the database"
}

func (b *Basins) Counted() int {
	b.countMu.Lock()
	defer b.countMu.Unlock()
	return b.count
}

type Locks struct {
	mu    sync.Mutex
	db    *sql.DB
	ships int
}

func (l *Locks) Admit(ship string) {
	// Must be held until the row is there, so that the ships leave in the order in which they came.
	l.mu.Lock()
	defer l.mu.Unlock()
	l.db.Exec("INSERT INTO ships (name) VALUES (?)", ship) // want-info "`Admit` holds `Locks.mu` .* A comment says"
}

func (l *Locks) Ships() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ships
}

type Papers struct {
	mu    sync.Mutex
	db    *sql.DB
	paper string
}

// Keep serializes the papers of a ship and stores them.
func (p *Papers) Keep(paper string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.db.Exec("INSERT INTO papers (text) VALUES (?)", paper) // want "`Keep` holds `Papers.mu` while it goes to the database"
}

func (p *Papers) Paper() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.paper
}
