package store

import (
	"context"
	"database/sql"
)

type Store struct{ db *sql.DB }

func (s *Store) Save(ctx context.Context, name string, water int) error {
	_, err := s.db.ExecContext(ctx, "UPDATE plants SET water = $2 WHERE name = $1", name, water)
	return err
}
