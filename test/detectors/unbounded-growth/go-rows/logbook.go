package logbook

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

// Runner has queries run for others.
type Runner struct{ db *sql.DB }

func (r *Runner) exec(ctx context.Context, query string, args ...any) error {
	_, err := r.db.ExecContext(ctx, query, args...)
	return err
}

func (r *Runner) rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.db.QueryContext(ctx, query, args...)
}

type Logbook struct{ run *Runner }

func (l *Logbook) list(w http.ResponseWriter, r *http.Request) {
	l.run.rows(r.Context(), "SELECT id, text FROM entries_of_tides") // want "For each request to `/tides` the whole table `entries_of_tides` is read: .* `\(\*Logbook\)\.measure` adds rows, and nothing in the workspace deletes any\.$"
	l.run.rows(r.Context(), "SELECT id, text FROM messages")         // want "the whole table `messages` is read: .* No request is seen to add rows"
	l.run.rows(r.Context(), "SELECT id, owner_id FROM sheds")        // want "the whole table `sheds` is read"
	l.run.rows(r.Context(), "SELECT id, name FROM piers")
	l.run.rows(r.Context(), "SELECT user_id, kind FROM roles")
	l.run.rows(r.Context(), "SELECT id FROM messages WHERE ship = $1", r.FormValue("ship"))
	l.run.rows(r.Context(), "SELECT text FROM signals") // want "Each request to `/signals` may add a row, and nothing in the workspace deletes any\.$"
	l.run.rows(r.Context(), "SELECT text FROM flags_up") // want-info "rows are deleted in `\(\*Logbook\)\.lower`\.$"
}

func (l *Logbook) signal(w http.ResponseWriter, r *http.Request) {
	l.run.exec(r.Context(), "INSERT INTO signals (text) VALUES ($1)", r.FormValue("text"))
	l.run.exec(r.Context(), "INSERT INTO flags_up (text) VALUES ($1)", r.FormValue("text"))
}

func (l *Logbook) lower(w http.ResponseWriter, r *http.Request) {
	l.run.exec(r.Context(), "DELETE FROM flags_up WHERE text = $1", r.FormValue("text"))
}

func (l *Logbook) measure(ctx context.Context) {
	l.run.exec(ctx, "INSERT INTO entries_of_tides (text) VALUES ($1)", "high")
}

func serve(l *Logbook) {
	http.HandleFunc("/tides", l.list)
	http.HandleFunc("/signals", l.signal)
	http.HandleFunc("/lower", l.lower)
	go func() {
		for range time.Tick(time.Minute) {
			l.measure(context.Background())
		}
	}()
	http.ListenAndServe(":8080", nil)
}
