package store

import (
	"context"
	"database/sql"
	"fmt"
)

type Store struct{ db *sql.DB }

func (s *Store) Vessel(ctx context.Context, id string) (*Vessel, error) {
	var v Vessel
	row := s.db.QueryRowContext(ctx, "SELECT id, name, length FROM vessels WHERE id = $1", id)
	if err := row.Scan(&v.ID, &v.Name, &v.Length); err != nil {
		return nil, fmt.Errorf("vessel %s: %w", id, err)
	}
	return &v, nil
}

func (s *Store) Save(ctx context.Context, vessels []Vessel) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, v := range vessels {
		if _, err := tx.ExecContext(ctx, "UPDATE vessels SET name = $2 WHERE id = $1", v.ID, v.Name); err != nil {
			return fmt.Errorf("save %s: %w", v.ID, err)
		}
	}
	return tx.Commit()
}
