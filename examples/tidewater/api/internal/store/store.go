// Package store is the only place that speaks SQL.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrNotFound says that the row does not exist, as opposed to the database
// being unreachable.
var ErrNotFound = errors.New("store: not found")

type Store struct {
	db *sql.DB
}

type Berth struct {
	ID       string
	Harbour  string
	Pontoon  int
	LengthCM int
	DepthCM  int
	Class    string
}

type Vessel struct {
	CallSign  string
	Name      string
	LengthCM  int
	DraughtCM int
	TenderOf  string
}

type Booking struct {
	ID       string
	BerthID  string
	CallSign string
	Arrives  time.Time
	Departs  time.Time
}

type Position struct {
	CallSign string
	TakenAt  time.Time
	Lat, Lon float64
}

type ClassCount struct {
	Class    string
	Occupied int
}

// Open connects and pings, so a wrong DSN fails at start and not on the first
// request.
func Open(driver, dsn string) (*Store, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(20)
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, fmt.Errorf("ping database: %w", err)
	}
	return New(db), nil
}

func New(db *sql.DB) *Store { return &Store{db: db} }

func (s *Store) Close() error { return s.db.Close() }

// Booking returns ErrNotFound for an unknown id and the driver's error for
// everything else.
func (s *Store) Booking(ctx context.Context, id string) (Booking, error) {
	var b Booking
	err := s.db.QueryRowContext(ctx,
		`SELECT id, berth_id, call_sign, arrives, departs FROM bookings WHERE id = $1`, id,
	).Scan(&b.ID, &b.BerthID, &b.CallSign, &b.Arrives, &b.Departs)
	if errors.Is(err, sql.ErrNoRows) {
		return Booking{}, ErrNotFound
	}
	if err != nil {
		return Booking{}, fmt.Errorf("read booking %s: %w", id, err)
	}
	return b, nil
}

func (s *Store) InsertBooking(ctx context.Context, b Booking) error {
	_, err := s.db.ExecContext(ctx,
		`INSERT INTO bookings (id, berth_id, call_sign, arrives, departs) VALUES ($1, $2, $3, $4, $5)`,
		b.ID, b.BerthID, b.CallSign, b.Arrives, b.Departs)
	if err != nil {
		return fmt.Errorf("insert booking %s: %w", b.ID, err)
	}
	return nil
}

func (s *Store) MarkCancelled(ctx context.Context, id string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE bookings SET cancelled_at = $2 WHERE id = $1`, id, at)
	if err != nil {
		return fmt.Errorf("cancel booking %s: %w", id, err)
	}
	return nil
}

func (s *Store) ActiveBookings(ctx context.Context) ([]Booking, error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, berth_id, call_sign, arrives, departs FROM bookings WHERE cancelled_at IS NULL`)
	if err != nil {
		return nil, fmt.Errorf("list bookings: %w", err)
	}
	defer rows.Close()
	var out []Booking
	for rows.Next() {
		var b Booking
		if err := rows.Scan(&b.ID, &b.BerthID, &b.CallSign, &b.Arrives, &b.Departs); err != nil {
			return nil, fmt.Errorf("scan booking: %w", err)
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

func (s *Store) Berths(ctx context.Context) ([]Berth, error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, harbour_id, pontoon, length_cm, depth_cm, berth_class FROM berths ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list berths: %w", err)
	}
	defer rows.Close()
	var out []Berth
	for rows.Next() {
		var b Berth
		if err := rows.Scan(&b.ID, &b.Harbour, &b.Pontoon, &b.LengthCM, &b.DepthCM, &b.Class); err != nil {
			return nil, fmt.Errorf("scan berth: %w", err)
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

func (s *Store) Vessels(ctx context.Context) ([]Vessel, error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT call_sign, name, length_cm, draught_cm, COALESCE(tender_of, '') FROM vessels`)
	if err != nil {
		return nil, fmt.Errorf("list vessels: %w", err)
	}
	defer rows.Close()
	var out []Vessel
	for rows.Next() {
		var v Vessel
		if err := rows.Scan(&v.CallSign, &v.Name, &v.LengthCM, &v.DraughtCM, &v.TenderOf); err != nil {
			return nil, fmt.Errorf("scan vessel: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// FindVessel looks a vessel up by its call sign.
func (s *Store) FindVessel(ctx context.Context, callSign string) *Vessel {
	var v Vessel
	err := s.db.QueryRowContext(ctx,
		`SELECT call_sign, name, length_cm, draught_cm FROM vessels WHERE call_sign = $1`, callSign,
	).Scan(&v.CallSign, &v.Name, &v.LengthCM, &v.DraughtCM)
	if err != nil {
		return nil
	}
	return &v
}

func (s *Store) UpdateLastSeen(ctx context.Context, callSign string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE vessels SET last_seen = $2 WHERE call_sign = $1`, callSign, at)
	if err != nil {
		return fmt.Errorf("update last_seen of %s: %w", callSign, err)
	}
	return nil
}

// SavePositions writes all positions in one statement.
func (s *Store) SavePositions(ctx context.Context, positions []Position) error {
	if len(positions) == 0 {
		return nil
	}
	values := make([]string, 0, len(positions))
	args := make([]any, 0, 4*len(positions))
	for _, p := range positions {
		n := len(args)
		values = append(values, fmt.Sprintf("($%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4))
		args = append(args, p.CallSign, p.TakenAt, p.Lat, p.Lon)
	}
	_, err := s.db.ExecContext(ctx,
		`INSERT INTO positions (call_sign, taken_at, lat, lon) VALUES `+strings.Join(values, ", "), args...)
	if err != nil {
		return fmt.Errorf("save %d positions: %w", len(positions), err)
	}
	return nil
}

func (s *Store) InsertSwapOffer(ctx context.Context, fromBooking, toBooking string) error {
	_, err := s.db.ExecContext(ctx,
		`INSERT INTO swap_offers (from_booking, to_booking) VALUES ($1, $2)`, fromBooking, toBooking)
	if err != nil {
		return fmt.Errorf("insert swap offer %s -> %s: %w", fromBooking, toBooking, err)
	}
	return nil
}

func (s *Store) AppendAudit(ctx context.Context, action, detail string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO audit (action, detail) VALUES ($1, $2)`, action, detail)
	if err != nil {
		return fmt.Errorf("append audit: %w", err)
	}
	return nil
}

// OccupancyByClass feeds the harbour master's monthly report.
func (s *Store) OccupancyByClass(ctx context.Context, harbour string, month time.Time) ([]ClassCount, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT b.mooring_class, count(*)
		FROM bookings k JOIN berths b ON b.id = k.berth_id
		WHERE b.harbour_id = $1 AND k.arrives >= $2 AND k.arrives < $3
		GROUP BY b.mooring_class`, harbour, month, month.AddDate(0, 1, 0))
	if err != nil {
		return nil, fmt.Errorf("occupancy of %s: %w", harbour, err)
	}
	defer rows.Close()
	var out []ClassCount
	for rows.Next() {
		var c ClassCount
		if err := rows.Scan(&c.Class, &c.Occupied); err != nil {
			continue
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
