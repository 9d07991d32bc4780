package locks

import (
	"database/sql"
	"net/http"
	"sync"
)

// Release is asked for by those who fetch it themselves.
type Release struct {
	mu   sync.Mutex
	name string
}

func (r *Release) Name() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.name
}

func (r *Release) Fetch() {
	r.mu.Lock()
	defer r.mu.Unlock()
	http.Get("https://releases.example.com") // want-info "`Fetch` holds `Release.mu` .* Nobody is seen to come often for what is in memory alone\.$"
	r.name = "next"
}

// Notice is also asked for by those who do not.
type Notice struct {
	mu   sync.Mutex
	text string
}

func (n *Notice) Text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text
}

func (n *Notice) Fetch() {
	n.mu.Lock()
	defer n.mu.Unlock()
	http.Get("https://notices.example.com") // want "`Fetch` holds `Notice.mu` .* 1 other function that needs the lock, `Text`, waits as long\.$"
	n.text = "next"
}

var (
	release = &Release{}
	notice  = &Notice{}
)

func serve() {
	http.HandleFunc("/update", func(w http.ResponseWriter, r *http.Request) {
		if release.Name() == "" || notice.Text() == "" {
			refresh()
		}
	})
	http.HandleFunc("/notice", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(notice.Text()))
	})
}

func refresh() {
	release.Fetch()
	notice.Fetch()
}

// Pilots change what they know, and who changes it writes it down, too.
type Pilots struct {
	mu    sync.Mutex
	db    *sql.DB
	names map[string]bool
}

func (p *Pilots) Add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.names[name] {
		p.names[name] = true
		p.db.Exec("INSERT INTO pilots (name) VALUES (?)", name) // want-info "`Add` holds `Pilots.mu` .* No request, message or clock is seen to come here\.$"
	}
}

func (p *Pilots) Dismiss(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.names[name] {
		delete(p.names, name)
		p.db.Exec("DELETE FROM pilots WHERE name = ?", name)
	}
}

func (p *Pilots) Praise(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.names[name] {
		p.db.Exec("UPDATE pilots SET praise = praise + 1 WHERE name = ?", name)
	}
}
