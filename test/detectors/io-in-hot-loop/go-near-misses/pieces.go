package orchard

import (
	"database/sql"
	"net/http"
)

type press struct {
	db   *sql.DB
	rows []string
}

func (p *press) routes() {
	http.HandleFunc("/juice", p.handle)
}

const most = 1000

func (p *press) handle(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < len(p.rows); i += most {
		p.db.Exec("INSERT INTO juice SELECT unnest($1)", p.rows[i:])
	}
	tables := []struct{ column, name string }{
		{"id", "juice"},
		{"press", "pulp"},
	}
	for _, table := range tables {
		p.db.Exec("DELETE FROM leftovers WHERE source = $1", table.name)
	}
}
