package barges

import (
	"database/sql"
	"time"
)

type Steering struct {
	Persist bool
	Whistle bool
}

type Barge struct{ ID, Speed int }

type Canal struct {
	db     *sql.DB
	barges []*Barge
}

func (c *Canal) Enter(b *Barge) { c.barges = append(c.barges, b) }

func (c *Canal) move(b *Barge, s Steering) {
	b.Speed++
	if !s.Persist {
		return
	}
	c.db.Exec("UPDATE barges SET speed = $1 WHERE id = $2", b.Speed, b.ID)
}

func (c *Canal) Run() {
	for range time.NewTicker(time.Second).C {
		for _, b := range c.barges {
			c.move(b, Steering{Persist: true}) // want "each of `c.barges` × 1 UPDATE on `barges`.*The `true` given for `Persist` switches it on"
		}
		for _, b := range c.barges {
			c.move(b, Steering{Whistle: true})
		}
		for _, b := range c.barges {
			c.move(b, Steering{Persist: false, Whistle: true})
		}
	}
}
