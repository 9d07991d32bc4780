package quarry

import (
	"database/sql"
	"time"
)

// What each is asked for is kept in the element.
type Mine struct{ store *sql.DB }

func (m *Mine) load() {
	m.store.Query("SELECT id FROM carts")
}

func (q *Quarry) loadAll() {
	for range time.Tick(time.Minute) {
		for _, mine := range q.mines {
			mine.load() // want-info "Each of them is asked at a place of its own\.$"
		}
		for _, mine := range q.mines {
			q.look(mine) // want "each of `q.mines` × 1 SELECT on `carts` \(through `\(\*Quarry\).look`\)\.$"
		}
	}
}

func (q *Quarry) look(mine *Mine) {
	q.db.Query("SELECT id FROM carts WHERE mine = $1", mine)
}
