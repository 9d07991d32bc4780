package harbour

import (
	"database/sql"
	"time"
)

type Message struct{ Berths []int }

type Office struct {
	db       *sql.DB
	arrivals chan Message
	leaving  chan Message
	berths   []int
	isDirty  bool
}

// Only what the ticker's branch does is done at every tick.
func (o *Office) run() {
	ticker := time.NewTicker(10 * time.Second)
	for {
		select {
		case <-ticker.C:
			o.count()
		case message := <-o.arrivals:
			o.enter(message)
		case message := <-o.leaving:
			for _, berth := range message.Berths {
				o.db.Exec("UPDATE berths SET left_at = now() WHERE id = $1", berth)
			}
		}
	}
}

func (o *Office) count() {
	for _, berth := range o.berths {
		o.db.Exec("INSERT INTO counts (berth) VALUES ($1)", berth) // want "every 10 s × each of `o.berths` × 1 INSERT on `counts`"
	}
}

func (o *Office) enter(message Message) {
	for _, berth := range message.Berths {
		o.db.Exec("INSERT INTO arrivals (berth) VALUES ($1)", berth)
	}
}

// The ticker's branch calls nothing.
func (o *Office) mark() {
	ticker := time.NewTicker(time.Minute)
	for {
		select {
		case <-ticker.C:
			o.isDirty = true
		case message := <-o.arrivals:
			o.note(message)
		}
	}
}

func (o *Office) note(message Message) {
	for _, berth := range message.Berths {
		o.db.Exec("INSERT INTO notes (berth) VALUES ($1)", berth)
	}
}

// What follows the select is done after each tick as well.
func (o *Office) save() {
	ticker := time.NewTicker(time.Hour)
	for {
		select {
		case <-ticker.C:
		case <-o.arrivals:
		}
		o.saveAll()
	}
}

func (o *Office) saveAll() {
	for _, berth := range o.berths {
		o.db.Exec("UPDATE berths SET saved = now() WHERE id = $1", berth) // want "every 1 h × each of `o.berths` × 1 UPDATE on `berths`"
	}
}
