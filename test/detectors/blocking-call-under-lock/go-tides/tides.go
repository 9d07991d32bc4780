package tides

import (
	"database/sql"
	"net/http"
	"sync"
)

// Gauge knows the tides.
type Gauge struct {
	db        *sql.DB
	rmwLock   sync.Mutex
	tidesLock sync.Mutex
	tides     map[string]int
}

func serve(g *Gauge) {
	http.HandleFunc("/tides", g.countTides)
	http.HandleFunc("/tide", g.markTide)
}

func (g *Gauge) countTides(w http.ResponseWriter, r *http.Request) {
	g.rmwLock.Lock()
	g.tides["asked"]++
	g.rmwLock.Unlock()
	g.tidesLock.Lock()
	defer g.tidesLock.Unlock()
	g.tides["seen"]++
}

func (g *Gauge) markTide(w http.ResponseWriter, r *http.Request) {
	g.rmwLock.Lock()
	g.tides["marked"]++
	g.rmwLock.Unlock()
	g.tidesLock.Lock()
	defer g.tidesLock.Unlock()
	g.tides["told"]++
}

// By its name the lock is there for what is done under it.
func (g *Gauge) ChangeTide(name string) {
	g.rmwLock.Lock()
	defer g.rmwLock.Unlock()
	g.db.Exec("UPDATE tides SET level = level + 1 WHERE name = ?", name) // want-info "`ChangeTide` holds `Gauge.rmwLock` .* By its name the lock lets one of these through at a time\.$"
}

func (g *Gauge) RaiseTide(name string) {
	g.tidesLock.Lock()
	defer g.tidesLock.Unlock()
	g.db.Exec("UPDATE tides SET level = level + 1 WHERE name = ?", name) // want "`RaiseTide` holds `Gauge.tidesLock` while it goes to the database"
}
