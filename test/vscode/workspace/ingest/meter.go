package ingest

import (
	"database/sql"
	"sync"
	"time"
)

// Meter adds up what accounts use, and writes it down every minute.
type Meter struct {
	mu    sync.Mutex
	db    *sql.DB
	units map[string]int
}

func (m *Meter) Record(account string, units int) {
	m.mu.Lock()
	m.units[account] += units
}

func (m *Meter) Used(account string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.units[account]
}

func (m *Meter) Run() {
	for range time.Tick(time.Minute) {
		m.flush()
	}
}

func (m *Meter) flush() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for account, units := range m.units {
		m.store(account, units)
	}
}

func (m *Meter) store(account string, units int) {
	_, _ = m.db.Exec("UPDATE accounts SET units = $1 WHERE name = $2", units, account)
}
