package quay

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/jmoiron/sqlx"
)

type Reader interface {
	sqlx.ExtContext
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	PreparexContext(ctx context.Context, query string) (*sqlx.Stmt, error)
	PrepareNamedContext(ctx context.Context, query string) (*sqlx.NamedStmt, error)
	GetContext(ctx context.Context, dest any, query string, args ...any) error
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
}

type starter interface {
	Reader
	start(ctx context.Context) error
}

type plain struct{ *sqlx.DB }

func (p plain) start(ctx context.Context) error { return nil }

type counted struct{ db starter }

func (c counted) GetContext(ctx context.Context, dest any, query string, args ...any) error {
	return c.db.GetContext(ctx, dest, query, args...)
}
func (c counted) SelectContext(ctx context.Context, dest any, query string, args ...any) error {
	return c.db.SelectContext(ctx, dest, query, args...)
}
func (c counted) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row { return nil }
func (c counted) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) { return nil, nil }
func (c counted) PreparexContext(ctx context.Context, query string) (*sqlx.Stmt, error) { return nil, nil }
func (c counted) PrepareNamedContext(ctx context.Context, query string) (*sqlx.NamedStmt, error) { return nil, nil }
func (c counted) DriverName() string { return "" }
func (c counted) Rebind(s string) string { return s }
func (c counted) BindNamed(s string, a any) (string, []any, error) { return s, nil, nil }
func (c counted) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) { return nil, nil }
func (c counted) QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) { return nil, nil }
func (c counted) QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row { return nil }
func (c counted) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) { return nil, nil }

type Yard struct{ db Reader }

type Boat struct{ ID, Owner int }

func (y *Yard) list(w http.ResponseWriter, r *http.Request) {
	var boats []Boat
	y.db.SelectContext(r.Context(), &boats, "SELECT id, owner FROM boats")
	for _, boat := range boats {
		var name string
		y.db.GetContext(r.Context(), &name, "SELECT name FROM owners WHERE id = $1", boat.Owner) // want "each of `boats` × 1 database read \(through `counted\.GetContext`\)\.$"
	}
}

func (y *Yard) routes() { http.HandleFunc("/boats", y.list) }
