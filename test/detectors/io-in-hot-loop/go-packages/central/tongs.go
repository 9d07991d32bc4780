package central

import (
	"database/sql"

	_ "github.com/lib/pq"
)

type Tongs struct{ DB *sql.DB }

func (t *Tongs) Length(id int) (length int) {
	t.DB.QueryRow("SELECT length FROM tongs WHERE id = $1", id).Scan(&length)
	return length
}

func (t *Tongs) All() (ids []int) {
	rows, _ := t.DB.Query("SELECT id FROM tongs")
	for rows.Next() {
		var id int
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}
