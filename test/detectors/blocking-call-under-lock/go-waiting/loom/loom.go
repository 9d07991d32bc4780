package loom

import (
	"database/sql"
	"fmt"
	"net/http"
	"sync"

	"example.com/works/kept"
)

type Loom struct {
	mu   sync.Mutex
	rows map[string]int
	jobs *kept.Map[int]
}

type loomRows struct {
	db *sql.DB
}

func (r *loomRows) Put(key string, value int) error {
	_, err := r.db.Exec("INSERT INTO loom_jobs (name, size) VALUES (?, ?)", key, value)
	return err
}

func New(db *sql.DB) *Loom {
	return &Loom{rows: map[string]int{}, jobs: kept.New[int](&loomRows{db})}
}

func (l *Loom) Begin(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[name]++
	return l.jobs.Set(name, l.rows[name]) // want "`Begin` holds `Loom.mu` while it goes to the database \(`insert loom_jobs`\) .* such as `Count`, wait as long"
}

func (l *Loom) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rows)
}

func (l *Loom) Has(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rows[name] > 0
}

func Serve(l *Loom) {
	http.HandleFunc("/loom", func(w http.ResponseWriter, req *http.Request) { l.Begin(req.URL.Path) })
	http.HandleFunc("/loom/count", func(w http.ResponseWriter, req *http.Request) { fmt.Fprintln(w, l.Count(), l.Has(req.URL.Path)) })
}
