package guild

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

type Member struct {
	ID       int
	LastCall time.Time
}

type API struct {
	mu      sync.Mutex
	db      *sql.DB
	limiter *rate.Limiter
	members []*Member
	called  map[string]time.Time
}

const maxRecipients = 20

func (a *API) routes() {
	http.HandleFunc("/notices", a.limited)
	http.HandleFunc("/calls", a.cooled)
	http.HandleFunc("/few", a.capped)
	http.HandleFunc("/first", a.firstOnly)
	http.HandleFunc("/kept", a.careful)
	http.HandleFunc("/import", a.importRows)
	http.HandleFunc("/admin/announce", a.adminAnnounce)
	http.HandleFunc("/pool", a.pooled)
	http.HandleFunc("/limit", a.queryLimit)
	http.HandleFunc("/touch", a.touch)
}

func (a *API) limited(w http.ResponseWriter, r *http.Request) {
	if !a.limiter.Allow() {
		http.Error(w, "slow down", http.StatusTooManyRequests)
		return
	}
	a.tellAll(a.members)
}

func (a *API) tellAll(members []*Member) {
	for _, member := range members {
		a.db.Exec("INSERT INTO notices (member) VALUES ($1)", member.ID)
	}
}

func (a *API) cooled(w http.ResponseWriter, r *http.Request) {
	if time.Since(a.called[r.FormValue("me")]) < time.Hour {
		http.Error(w, "cooldown", http.StatusTooManyRequests)
		return
	}
	for _, member := range a.members {
		a.db.Exec("INSERT INTO calls (member) VALUES ($1)", member.ID)
	}
}

func (a *API) capped(w http.ResponseWriter, r *http.Request) {
	for i, member := range a.members {
		if i >= maxRecipients {
			break
		}
		a.db.Exec("INSERT INTO notices (member) VALUES ($1)", member.ID)
	}
}

func (a *API) firstOnly(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members[:5] {
		a.db.Exec("INSERT INTO notices (member) VALUES ($1)", member.ID)
	}
}

// Nobody gets two, and they go away by themselves: two of four.
func (a *API) careful(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members {
		a.db.Exec("INSERT INTO notices (member, expires_at) VALUES ($1, now() + interval '1 hour') ON CONFLICT DO NOTHING", member.ID)
	}
}

// The rows are those of the request: who sends many gets many.
func (a *API) importRows(w http.ResponseWriter, r *http.Request) {
	var ids []int
	json.NewDecoder(r.Body).Decode(&ids)
	for _, id := range ids {
		a.db.Exec("INSERT INTO members (id) VALUES ($1)", id)
	}
}

func (a *API) adminAnnounce(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members {
		a.db.Exec("INSERT INTO announcements (member) VALUES ($1)", member.ID)
	}
}

func (a *API) pooled(w http.ResponseWriter, r *http.Request) {
	group, _ := errgroup.WithContext(r.Context())
	group.SetLimit(8)
	for _, member := range a.members {
		group.Go(func() error { return a.visit(member) })
	}
	group.Wait()
}

func (a *API) visit(member *Member) error {
	_, err := http.Get("http://localhost/visit")
	return err
}

func (a *API) queryLimit(w http.ResponseWriter, r *http.Request) {
	rows, _ := a.db.Query("SELECT id FROM members ORDER BY joined LIMIT 50")
	for rows.Next() {
		a.db.Exec("INSERT INTO notices (member) VALUES ($1)", 1)
	}
}

// Updates what is there: nothing new.
func (a *API) touch(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members {
		a.db.Exec("UPDATE members SET seen = now() WHERE id = $1", member.ID)
	}
}
