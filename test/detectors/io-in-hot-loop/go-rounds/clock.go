package clock

import (
	"database/sql"
	"time"
)

type Tower struct {
	db    *sql.DB
	bells map[string]int
}

func (t *Tower) Hang(id string) { t.bells[id] = 0 }

func (t *Tower) Run() {
	var n int64
	for range time.Tick(10 * time.Second) {
		n++
		t.ring(n)
	}
}

func (t *Tower) ring(n int64) {
	if n%6 != 0 {
		return
	}
	for id := range t.bells {
		t.db.Exec("UPDATE bells SET rung = rung + 1 WHERE id = $1", id) // want "every 6 ticks of 10 s × each of `t.bells` × 1 UPDATE on `bells`\.$"
	}
}
