package locks

import (
	"database/sql"
	"time"
)

type Gate struct{ ID int }

type Canal struct {
	db    *sql.DB
	gates map[int]*Gate
	pace  time.Duration
}

const shiftCount = 3

var shifts = []map[int]int{{}, {}, {}}

// Somebody may have chosen any pace; what boats add to is written as often as that.
func (c *Canal) keep() {
	ticker := time.NewTicker(c.pace)
	for range ticker.C {
		for _, gate := range c.gates {
			c.db.Exec("UPDATE gates SET open = true WHERE id = $1", gate.ID) // want "each of `c.gates` × 1 UPDATE on `gates`\.$"
		}
		for i := 0; i < shiftCount; i++ {
			shift := shifts[i]
			shifts[i] = make(map[int]int)
			for gate := range shift {
				c.db.Exec("UPDATE gates SET shift = 1 WHERE id = $1", gate) // want "each of `shift` × 1 UPDATE on `gates`\.$"
			}
		}
		for _, gate := range c.known() {
			c.db.Exec("UPDATE gates SET seen = true WHERE id = $1", gate.ID) // want-info "How often the clock runs it is not known\.$"
		}
	}
}

func (c *Canal) keepAlways() {
	for range time.Tick(10 * time.Second) {
		for _, gate := range c.known() {
			c.db.Exec("UPDATE gates SET seen = true WHERE id = $1", gate.ID) // want "every 10 s × each of `c.known\(\)` × 1 UPDATE on `gates`\.$"
		}
	}
}

func (c *Canal) keepDaily() {
	for range time.Tick(24 * time.Hour) {
		for _, gate := range c.gates {
			c.db.Exec("UPDATE gates SET seen = true WHERE id = $1", gate.ID) // want-info "Nobody waits for what a clock runs so seldom\.$"
		}
	}
}

func (c *Canal) known() []*Gate {
	rows, _ := c.db.Query("SELECT id FROM gates")
	var gates []*Gate
	for rows.Next() {
		gate := &Gate{}
		rows.Scan(&gate.ID)
		gates = append(gates, gate)
	}
	return gates
}
