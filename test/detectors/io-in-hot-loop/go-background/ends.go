package quarry

import (
	"context"
	"time"
)

// Once an hour, however long it takes.
func (q *Quarry) clear() {
	for {
		time.Sleep(jitter(time.Hour))
		for _, stone := range q.stones {
			q.db.Exec("DELETE FROM stones WHERE id = $1", stone.ID) // want-info "every 1 h .* Nobody waits for what a clock runs so seldom\.$"
		}
	}
}

// That it can be called off is no excuse for what runs each second.
func (q *Quarry) clearAlways(ctx context.Context) {
	for range time.Tick(time.Second) {
		for _, stone := range q.stones {
			if ctx.Err() != nil {
				return
			}
			q.db.Exec("DELETE FROM stones WHERE id = $1", stone.ID) // want "every 1 s × each of `q.stones` × 1 DELETE on `stones`\.$"
		}
	}
}

func jitter(length time.Duration) time.Duration { return length }
