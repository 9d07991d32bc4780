package granary

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"time"
)

type Sack struct{ Owner, ID string }

type Granary struct{ db *sql.DB }

func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (g *Granary) routes() {
	http.HandleFunc("/sack", g.one)
	http.HandleFunc("/sack/pair", g.pair)
	http.HandleFunc("/sack/tag", g.tagOne)
	http.HandleFunc("/a", g.single)
	http.HandleFunc("/sacks", g.several)
	http.HandleFunc("/sacks/tags", g.tagSeveral)
	go g.run()
}

// Owners are as many as the rows it is handed: one here, however far they are handed on.
func (g *Granary) one(w http.ResponseWriter, r *http.Request) {
	sack := Sack{"a", "b"}
	g.store(r.Context(), []*Sack{&sack})
}

func (g *Granary) store(ctx context.Context, sacks []*Sack) error { return g.countOwners(ctx, sacks) }

func (g *Granary) countOwners(ctx context.Context, sacks []*Sack) error {
	return inOrder(func() error {
		owners := map[string]int{}
		for _, sack := range sacks {
			owners[sack.Owner] = 1
		}
		for owner := range owners {
			g.db.ExecContext(ctx, "UPDATE owners SET sacks = sacks + 1 WHERE id = $1", owner) // want-info "Nothing shows that these are many"
		}
		return nil
	})
}

// Two at most.
func (g *Granary) pair(w http.ResponseWriter, r *http.Request) {
	var sacks []*Sack
	if r.FormValue("left") != "" {
		sacks = append(sacks, &Sack{"left", r.FormValue("left")})
	}
	if r.FormValue("right") != "" {
		sacks = append(sacks, &Sack{"right", r.FormValue("right")})
	}
	g.weigh(sacks)
}

func (g *Granary) weigh(sacks []*Sack) {
	for _, sack := range sacks {
		g.db.Exec("UPDATE sacks SET weighed = true WHERE id = $1", sack.ID)
	}
}

func (g *Granary) tagOne(w http.ResponseWriter, r *http.Request) {
	g.tag("grain", &Sack{"a", r.FormValue("id")})
}

func (g *Granary) tag(name string, sacks ...*Sack) {
	for _, sack := range sacks {
		g.db.Exec("INSERT INTO tags (sack, name) VALUES ($1, $2)", sack.ID, name)
	}
}

// As many as were sent: the way that multiplies is told.
func (g *Granary) several(w http.ResponseWriter, r *http.Request) {
	var sacks []*Sack
	json.NewDecoder(r.Body).Decode(&sacks)
	g.mark(sacks)
}

func (g *Granary) single(w http.ResponseWriter, r *http.Request) {
	g.mark([]*Sack{{"a", "b"}})
}

func (g *Granary) mark(sacks []*Sack) {
	for _, sack := range sacks {
		g.db.Exec("UPDATE sacks SET marked = true WHERE id = $1", sack.ID) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}

func (g *Granary) tagSeveral(w http.ResponseWriter, r *http.Request) {
	var sacks []*Sack
	json.NewDecoder(r.Body).Decode(&sacks)
	g.tagAll("grain", sacks...)
}

func (g *Granary) tagAll(name string, sacks ...*Sack) {
	for _, sack := range sacks {
		g.db.Exec("INSERT INTO tags (sack, name) VALUES ($1, $2)", sack.ID, name) // want-info "each request to `/sacks/tags` × each of `sacks` × 1 INSERT on `tags`\."
	}
}

func (g *Granary) run() {
	for range time.Tick(10 * time.Second) {
		g.sweep()
		g.recount()
		g.forgive()
	}
}

// Only what has become due since.
func (g *Granary) sweep() {
	now := time.Now()
	for _, loan := range g.loans() {
		if loan.Until.Before(now) {
			g.db.Exec("UPDATE loans SET open = false WHERE id = $1", loan.ID) // want-info "It is done for what has become due only\.$"
		}
	}
}

// All that are older are looked up each time.
func (g *Granary) recount() {
	now := time.Now()
	for _, loan := range g.loans() {
		if loan.Until.After(now) {
			continue
		}
		g.db.QueryRow("SELECT count(*) FROM payments WHERE loan = $1", loan.ID).Scan(&loan.Paid) // want "every 10 s × each of `g.loans\(\)` × 1 SELECT on `payments`\.$"
		if loan.Paid == 0 {
			g.db.Exec("DELETE FROM loans WHERE id = $1", loan.ID)
		}
	}
}

func (g *Granary) forgive() {
	for _, loan := range g.expiredLoans() {
		g.db.Exec("UPDATE loans SET owed = 0 WHERE id = $1", loan.ID) // want-info "It is done for what has become due only\.$"
	}
}

type Loan struct {
	ID    string
	Paid  int
	Until time.Time
}

func (g *Granary) loans() []Loan {
	var loans []Loan
	rows, _ := g.db.Query("SELECT id, until FROM loans")
	for rows.Next() {
		var loan Loan
		rows.Scan(&loan.ID, &loan.Until)
		loans = append(loans, loan)
	}
	return loans
}

func (g *Granary) expiredLoans() []Loan { return nil }
