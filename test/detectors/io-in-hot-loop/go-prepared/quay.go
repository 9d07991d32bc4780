package quay

import (
	"context"
	"database/sql"
	"time"
)

type Quay struct {
	db    *sql.DB
	ships map[string]int
}

func (q *Quay) Moor(name string)  { q.ships[name] = 0 }
func (q *Quay) Leave(name string) { delete(q.ships, name) }

func (q *Quay) Run() {
	for range time.Tick(30 * time.Second) {
		stmt, err := q.db.Prepare(`UPDATE ships SET fee = fee + 1 WHERE name = $1`)
		if err != nil {
			return
		}
		for name := range q.ships {
			_, _ = stmt.Exec(name) // want "every 30 s × each of `q.ships` × 1 UPDATE on `ships`\.$"
		}
	}
}

func (q *Quay) RunTogether(ctx context.Context) {
	for range time.Tick(30 * time.Second) {
		tx, err := q.db.BeginTx(ctx, nil)
		if err != nil {
			return
		}
		stmt, err := tx.Prepare(`UPDATE ships SET fee = fee + 1 WHERE name = $1`)
		if err != nil {
			return
		}
		for name := range q.ships {
			_, _ = stmt.Exec(name) // want-info "It is part of a transaction"
		}
		_ = tx.Commit()
	}
}
