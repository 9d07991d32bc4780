package choir

import (
	"context"
	"database/sql"
	"net/http"
)

type ConcertMoved struct{ Concert int }

type ConcertSung struct{ Concert int }

type Queue[M any] struct{ waiting []M }

func (q *Queue[M]) Push(message M) { q.waiting = append(q.waiting, message) }

type Workers struct {
	Queue   Queue[*ConcertMoved]
	Process func(context.Context, *ConcertMoved) error
}

type Box struct{ lid bool }

func (b *Box) Push(message *ConcertSung) { b.lid = message != nil }

type Choir struct {
	db      *sql.DB
	workers Workers
	box     Box
}

func (c *Choir) routes() {
	c.workers.Process = c.ProcessMoved
	http.HandleFunc("/move", c.move)
}

func (c *Choir) move(w http.ResponseWriter, r *http.Request) {
	c.workers.Queue.Push(&ConcertMoved{Concert: 1})
	c.box.Push(&ConcertSung{Concert: 1})
}

func (c *Choir) followersOf(ctx context.Context) ([]int, error) {
	rows, err := c.db.QueryContext(ctx, "SELECT singer FROM follows")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return nil, rows.Err()
}

func (c *Choir) ProcessMoved(ctx context.Context, moved *ConcertMoved) error {
	followers, err := c.followersOf(ctx)
	if err != nil {
		return err
	}
	for _, follower := range followers {
		c.db.ExecContext(ctx, "INSERT INTO notices (singer) VALUES ($1)", follower) // want "Each request to `/move` makes 1 INSERT on `notices` for each of `followers`"
	}
	return nil
}

// A box is no queue: nobody takes this out of it again.
func (c *Choir) ProcessSung(ctx context.Context, sung *ConcertSung) error {
	followers, err := c.followersOf(ctx)
	if err != nil {
		return err
	}
	for _, follower := range followers {
		c.db.ExecContext(ctx, "INSERT INTO notices (singer) VALUES ($1)", follower)
	}
	return nil
}
