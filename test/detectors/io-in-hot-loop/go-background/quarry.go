package quarry

import "database/sql"

type Stone struct {
	ID   int
	File string
}

type Quarry struct {
	db        *sql.DB
	addresses []string
	owners    []string
	mines     []*Mine
	stones    map[int]*Stone
}
