package batches

import (
	"database/sql"
	"time"
)

type Yard struct {
	db    *sql.DB
	masts []string
	sails []string
}

func (y *Yard) Add(mast, sail string) {
	y.masts = append(y.masts, mast)
	y.sails = append(y.sails, sail)
}

func (y *Yard) Run() {
	for range time.Tick(5 * time.Second) {
		y.save()
		y.count()
	}
}

// One statement for all that is in a batch.
func (y *Yard) save() {
	batch := make([]string, 0, 64)
	for _, mast := range y.masts {
		batch = append(batch, mast)
		if len(batch) == cap(batch) {
			y.mark(batch)
			batch = batch[:0]
		}
	}
	y.mark(batch)
}

func (y *Yard) mark(names []string) {
	y.db.Exec("UPDATE masts SET seen = true WHERE name = ANY($1)", names)
}

func (y *Yard) count() {
	seen := make([]string, 0, 64)
	for _, sail := range y.sails {
		seen = append(seen, sail)
		if len(sail) > 2 {
			y.db.Exec("UPDATE sails SET seen = true WHERE name = $1", sail) // want "each of .y.sails. × 1 UPDATE on .sails.\.$"
		}
	}
	y.mark(seen)
}
