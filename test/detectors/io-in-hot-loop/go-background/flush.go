package quarry

import (
	"database/sql"
	"time"
)

// What was gathered is written in one transaction; one for each is as many.
func (q *Quarry) flush() {
	for range time.Tick(time.Second) {
		q.txn(func(conn *sql.DB) {
			for _, stone := range q.stones {
				conn.Exec("UPDATE stones SET seen = now() WHERE id = $1", stone.ID) // want-info "It is part of a transaction\.$"
			}
		})
		for _, owner := range q.owners {
			q.txn(func(conn *sql.DB) {
				for _, stone := range q.stones {
					conn.Exec("UPDATE stones SET owner = $1 WHERE id = $2", owner, stone.ID) // want "each of `q.owners` × each of `q.stones` × 1 UPDATE on `stones`\.$"
				}
			})
		}
	}
}

func (q *Quarry) txn(run func(conn *sql.DB)) { run(q.db) }
