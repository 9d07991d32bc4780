package tides

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/segmentio/kafka-go"
)

// every does the work whenever so much time has passed.
func every(ctx context.Context, d time.Duration, work func(context.Context)) {
	ticker := time.NewTicker(d)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			work(ctx)
		}
	}
}

// once does the work when so much time has passed.
func once(ctx context.Context, d time.Duration, work func(context.Context)) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
		work(ctx)
	}
}

type Gauges struct {
	db     *sql.DB
	reader *kafka.Reader
}

func (g *Gauges) Start(ctx context.Context) {
	go every(ctx, 10*time.Second, g.read)
	go once(ctx, time.Minute, g.warm)
}

func (g *Gauges) ids(ctx context.Context) []string {
	var ids []string
	rows, _ := g.db.QueryContext(ctx, "SELECT id FROM gauges WHERE open")
	for rows.Next() {
		var id string
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}

func (g *Gauges) read(ctx context.Context) {
	for _, id := range g.ids(ctx) {
		g.db.ExecContext(ctx, "UPDATE gauges SET read_at = now() WHERE id = $1", id) // want "every 10 s × each of `g.ids\(ctx\)` × 1 UPDATE on `gauges`"
	}
}

func (g *Gauges) warm(ctx context.Context) {
	for _, id := range g.ids(ctx) {
		g.db.ExecContext(ctx, "UPDATE gauges SET warm = true WHERE id = $1", id)
	}
}

type tide struct {
	Marks []string `json:"marks"`
}

func (g *Gauges) Listen(ctx context.Context) error {
	for _, id := range g.ids(ctx) {
		g.db.ExecContext(ctx, "UPDATE gauges SET heard = true WHERE id = $1", id)
	}
	for {
		message, err := g.reader.ReadMessage(ctx)
		if err != nil {
			return err
		}
		var t tide
		if json.Unmarshal(message.Value, &t) != nil {
			continue
		}
		g.mark(ctx, t)
	}
}

func (g *Gauges) mark(ctx context.Context, t tide) {
	for _, mark := range t.Marks {
		g.db.ExecContext(ctx, "INSERT INTO marks (mark) VALUES ($1)", mark) // want-info "each of `t.Marks` × 1 INSERT on `marks`"
	}
}
