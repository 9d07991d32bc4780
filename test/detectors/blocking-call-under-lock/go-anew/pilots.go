package harbour

import (
	"database/sql"
	"net/http"
	"sync"
)

// Pilots are asked for by requests, and told anew where the chart is when the configuration changes.
type Pilots struct {
	mu     sync.Mutex
	names  map[string]string
	source string
	db     *sql.DB
}

func (p *Pilots) Serve() {
	http.HandleFunc("/name", p.name)
	http.HandleFunc("/count", p.count)
	http.HandleFunc("/config", p.configure)
	http.HandleFunc("/chart", p.chart)
}

func (p *Pilots) name(w http.ResponseWriter, r *http.Request) {
	name := p.nameOf(r.URL.Path)
	w.Write([]byte(name))
}

func (p *Pilots) nameOf(id string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[id]
}

func (p *Pilots) count(w http.ResponseWriter, r *http.Request) {
	if p.length() == 0 {
		w.WriteHeader(http.StatusNotFound)
	}
}

func (p *Pilots) length() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.names)
}

func (p *Pilots) configure(w http.ResponseWriter, r *http.Request) { p.changeConfig(r.URL.Path) }

func (p *Pilots) changeConfig(source string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.source = source
	http.Get(source) // want-info "`changeConfig` holds `Pilots.mu` .* configured anew, which is seldom\.$"
}

func (p *Pilots) chart(w http.ResponseWriter, r *http.Request) { p.fetchChart(r.URL.Path) }

func (p *Pilots) fetchChart(source string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	http.Get(source) // want "`fetchChart` holds `Pilots.mu` while it goes to the network .* waits? as long\.$"
}

// Charts are opened by whoever comes first, and again once the configuration has changed.
type Charts struct {
	mu   sync.Mutex
	db   *sql.DB
	path string
	seen map[string]int
}

func (c *Charts) Serve() {
	http.HandleFunc("/seen", c.count)
	http.HandleFunc("/open", c.open)
}

func (c *Charts) count(w http.ResponseWriter, r *http.Request) {
	if c.length() == c.timesOf(r.URL.Path) {
		w.WriteHeader(http.StatusNotFound)
	}
}

func (c *Charts) length() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.seen)
}

func (c *Charts) timesOf(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[name]
}

func (c *Charts) open(w http.ResponseWriter, r *http.Request) { c.database() }

func (c *Charts) database() *sql.DB {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		db, _ := sql.Open("pgx", c.path)
		db.Ping() // want-info "`database` holds `Charts.mu` .* afterwards `db` is set\.$"
		c.db = db
	}
	return c.db
}

func (c *Charts) OnConfigChange(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.path = path
	c.db = nil
}
