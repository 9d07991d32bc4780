package harbour

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"github.com/robfig/cron/v3"
)

const sweepInterval = 5 * time.Minute

type Berth struct {
	ID    int
	Buoys []Buoy
}

type Buoy struct{ URL string }

type Harbour struct {
	db     *sql.DB
	berths map[int]*Berth
	tide   *time.Ticker
}

func (h *Harbour) watchTide(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.tide.C:
			for id := range h.berths {
				h.db.ExecContext(ctx, "INSERT INTO depths (berth) VALUES ($1)", id) // want "every tick × each of `h.berths` × 1 INSERT on `depths`"
			}
		}
	}
}

func (h *Harbour) sweep() {
	for {
		time.Sleep(sweepInterval)
		h.sweepAll()
	}
}

func (h *Harbour) sweepAll() {
	for _, berth := range h.berths {
		h.sweepBerth(berth) // want-step "calls `\(\*Harbour\).sweepBerth`"
	}
}

func (h *Harbour) sweepBerth(berth *Berth) {
	for _, buoy := range berth.Buoys {
		http.Get(buoy.URL) // want "every 5 min × each of `h.berths` × each of `berth.Buoys` × 1 call of `http.Get`"
	}
}

func (h *Harbour) schedule(c *cron.Cron) {
	c.AddFunc("0 3 * * *", h.nightly)
	c.AddFunc("@every 1h", func() {
		for _, berth := range h.berths {
			go h.touch(berth) // want "every `@every 1h` × each of `h.berths` × 1 UPDATE on `berths`"
		}
	})
}

func (h *Harbour) nightly() {
	rows, _ := h.db.Query("SELECT id FROM invoices WHERE paid = false")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		h.db.Exec("UPDATE invoices SET reminded = true WHERE id = $1", id) // want "every `0 3 \* \* \*` × each of `rows` × 1 UPDATE on `invoices`"
	}
}

func (h *Harbour) touch(berth *Berth) {
	h.db.Exec("UPDATE berths SET seen = now() WHERE id = $1", berth.ID)
}
