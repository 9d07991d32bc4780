package quarry

import (
	"context"
	"time"
)

// Ends when its time is up, which is no excuse for what runs each second.
func (q *Quarry) clear(ctx context.Context) {
	for {
		time.Sleep(jitter(time.Hour))
		start := time.Now()
		for _, stone := range q.stones {
			if time.Since(start) > 50*time.Minute {
				return
			}
			q.db.Exec("DELETE FROM stones WHERE id = $1", stone.ID) // want-info "every 1 h .* It ends when its time is up, and goes on at the next\.$"
		}
		for _, stone := range q.stones {
			q.db.Exec("DELETE FROM stones WHERE id = $1", stone.ID) // want "every 1 h × each of `q.stones` × 1 DELETE on `stones`\.$"
		}
	}
}

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
