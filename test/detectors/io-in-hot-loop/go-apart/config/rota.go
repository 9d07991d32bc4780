package config

import (
	"database/sql"
	"time"
)

// Rota is what the configuration says.
type Rota struct {
	Cellars []string
	db      *sql.DB
}

func (r *Rota) Turn() {
	for range time.Tick(time.Second) {
		for _, cellar := range r.Cellars {
			r.db.Exec("UPDATE cellars SET seen = now() WHERE name = $1", cellar) // want-info "There are as many as are configured\.$"
		}
	}
}
