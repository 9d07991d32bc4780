package local

import (
	"database/sql"

	_ "github.com/mattn/go-sqlite3"
)

// Anvils are kept in a file beside the program, whatever else it keeps elsewhere.
type Anvils struct{ DB *sql.DB }

func (a *Anvils) Weight(id int) (weight int) {
	a.DB.QueryRow("SELECT weight FROM anvils WHERE id = ?", id).Scan(&weight)
	return weight
}
