package choir

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"
)

// Runs whatever it is handed.
type Tables struct{ pool *pgxpool.Pool }

func (t *Tables) Exec(ctx context.Context, sql string, args ...any) error {
	_, err := t.pool.Exec(ctx, sql, args...)
	return err
}

type Choirs struct{ Tables }

func (c *Choirs) Singers(ctx context.Context, choir string) ([]string, error) {
	rows, err := c.pool.Query(ctx, "SELECT id FROM singers WHERE choir = $1", choir)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var singers []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		singers = append(singers, id)
	}
	return singers, nil
}

func (c *Choirs) Invite(ctx context.Context, singer string) error {
	return c.Exec(ctx, "INSERT INTO invitations (singer_id) VALUES ($1)", singer)
}

func (c *Choirs) InviteOnce(ctx context.Context, singer string) error {
	return c.Exec(ctx, "INSERT INTO calls (singer_id) VALUES ($1) ON CONFLICT DO NOTHING", singer)
}

func (c *Choirs) Tune(ctx context.Context, singer string) error {
	return c.Exec(ctx, "UPDATE singers SET tuned = true WHERE id = $1", singer)
}

type Hall struct {
	choirs *Choirs
	rdb    *redis.Client
}

func Serve(h *Hall) {
	http.HandleFunc("/invite", h.invite)
	http.HandleFunc("/call", h.call)
	http.HandleFunc("/tune", h.tune)
	http.HandleFunc("/tell", h.tell)
	http.HandleFunc("/few", h.few)
	http.HandleFunc("/ring", h.ring)
}

func (h *Hall) invite(w http.ResponseWriter, r *http.Request) {
	users, _ := h.choirs.Singers(r.Context(), r.FormValue("choir"))
	for _, user := range users {
		_ = h.choirs.Invite(r.Context(), user) // want "^Each request to `/invite` makes 1 INSERT on `invitations` for each of `users`\. None of four"
	}
}

// One for each pair, however often it is asked for; at most a few at a time.
func (h *Hall) call(w http.ResponseWriter, r *http.Request) {
	users, _ := h.choirs.Singers(r.Context(), r.FormValue("choir"))
	if len(users) > 20 {
		return
	}
	for _, user := range users {
		_ = h.choirs.InviteOnce(r.Context(), user)
	}
}

// Nothing new.
func (h *Hall) tune(w http.ResponseWriter, r *http.Request) {
	users, _ := h.choirs.Singers(r.Context(), r.FormValue("choir"))
	for _, user := range users {
		_ = h.choirs.Tune(r.Context(), user)
	}
}

// How many run at a time does not bound how many rows there are afterwards.
func (h *Hall) ring(w http.ResponseWriter, r *http.Request) {
	users, _ := h.choirs.Singers(r.Context(), r.FormValue("choir"))
	var group errgroup.Group
	group.SetLimit(4)
	for _, user := range users {
		group.Go(func() error { return h.choirs.Invite(r.Context(), user) }) // want "^Each request to `/ring` makes 1 INSERT on `invitations` for each of `users`\. None of four"
	}
	_ = group.Wait()
}

// That there are many is only told.
func (h *Hall) tell(w http.ResponseWriter, r *http.Request) {
	var recipients []string
	if json.NewDecoder(r.Body).Decode(&recipients) != nil {
		return
	}
	for _, recipient := range recipients {
		h.rdb.LPush(r.Context(), "outbox", recipient) // want "^Each request to `/tell` sends 1 message \(`Cmdable.LPush`\) for each of `recipients`\. None of four"
	}
	if len(recipients) > 500 {
		fmt.Println("many", len(recipients))
	}
}

func (h *Hall) few(w http.ResponseWriter, r *http.Request) {
	var recipients []string
	if json.NewDecoder(r.Body).Decode(&recipients) != nil {
		return
	}
	if len(recipients) > 500 {
		fmt.Println("many", len(recipients))
		return
	}
	for _, recipient := range recipients {
		h.rdb.LPush(r.Context(), "outbox", recipient)
	}
}

// What is asked of the answer of a cache is its own.
func (h *Hall) Watch(w http.ResponseWriter, r *http.Request) {
	followers, _ := h.rdb.SMembers(r.Context(), "followers").Result()
	for _, follower := range followers {
		h.rdb.RPush(r.Context(), "inbox:"+follower, "watch") // want "^Each request to `/watch` sends 1 message \(`Cmdable.RPush`\) for each of `followers`\. None of four"
	}
}

func Routes(h *Hall) { http.HandleFunc("/watch", h.Watch) }
