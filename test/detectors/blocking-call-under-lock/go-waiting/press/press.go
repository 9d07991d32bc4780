package press

import (
	"database/sql"
	"fmt"
	"net/http"
	"sync"

	"example.com/works/kept"
)

type Press struct {
	mu   sync.Mutex
	rows map[string]int
	jobs *kept.Map[int]
}

type pressRows struct {
	db *sql.DB
}

func (r *pressRows) Put(key string, value int) error {
	_, err := r.db.Exec("INSERT INTO press_jobs (name, size) VALUES (?, ?)", key, value)
	return err
}

func New(db *sql.DB) *Press {
	return &Press{rows: map[string]int{}, jobs: kept.New[int](&pressRows{db})}
}

func (l *Press) Begin(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[name]++
	return l.jobs.Set(name, l.rows[name]) // want "`Begin` holds `Press.mu` while it goes to the database \(`insert press_jobs`\) .* such as `Count`, wait as long"
}

func (l *Press) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rows)
}

func (l *Press) Has(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rows[name] > 0
}

func Serve(p *Press) {
	http.HandleFunc("/press", func(w http.ResponseWriter, req *http.Request) { p.Begin(req.URL.Path) })
	http.HandleFunc("/press/count", func(w http.ResponseWriter, req *http.Request) { fmt.Fprintln(w, p.Count(), p.Has(req.URL.Path)) })
}
