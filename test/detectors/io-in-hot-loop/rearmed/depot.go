package depot

import (
	"database/sql"
	"time"
)

type Depot struct {
	db    *sql.DB
	items map[string]int
}

func (d *Depot) Put(name string)  { d.items[name] = 0 }
func (d *Depot) Drop(name string) { delete(d.items, name) }

func (d *Depot) Arm() {
	time.AfterFunc(30*time.Second, func() {
		d.reprice()
		d.Arm()
	})
}

func (d *Depot) reprice() {
	for name := range d.items {
		_, _ = d.db.Exec(`UPDATE items SET price = price + 1 WHERE name = $1`, name) // want "every 30 s × each of `d.items` × 1 UPDATE on `items`\.$"
	}
}

func (d *Depot) Once() {
	time.AfterFunc(30*time.Second, func() { d.count() })
}

func (d *Depot) count() {
	for name := range d.items {
		_, _ = d.db.Exec(`UPDATE items SET counted = true WHERE name = $1`, name)
	}
}
