package orchard

import "database/sql"

type Stock struct {
	db    *sql.DB
	ropes []int
}

func (s *Stock) restock() {
	for _, rope := range s.ropes {
		s.db.Exec("UPDATE ropes SET stock = stock + 1 WHERE id = $1", rope)
	}
}
