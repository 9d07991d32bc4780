package deck

import (
	"context"
	"database/sql"
)

type Deck struct{ db *sql.DB }

func (d *Deck) members(ctx context.Context, sector string) []string {
	rows, err := d.db.QueryContext(ctx, "SELECT id FROM members WHERE sector = $1", sector)
	if err != nil {
		return nil
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}

func (d *Deck) hail(ctx context.Context, sector string) error {
	for _, member := range d.members(ctx, sector) {
		d.db.ExecContext(ctx, "INSERT INTO hails (member) VALUES ($1)", member) // want "^Each call of `\(\*Deck\)\.hail` makes 1 INSERT on `hails` .* None of four protections"
	}
	return nil
}

func (d *Deck) drill(ctx context.Context, sector string) error {
	for _, member := range d.members(ctx, sector) {
		d.db.ExecContext(ctx, "INSERT INTO drills (member) VALUES ($1)", member)
	}
	return nil
}
