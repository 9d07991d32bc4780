package horn

import (
	"context"
	"database/sql"

	"example.com/horn/pb"
)

// What embeds the generated server is called from outside, whatever its requests are called.
type Server struct {
	pb.UnimplementedHornServer
	db    *sql.DB
	codes *Codes
}

func (s *Server) Blow(ctx context.Context, in *pb.Signal) (*pb.Done, error) {
	rows, _ := s.db.Query("SELECT id FROM subscribers")
	for rows.Next() {
		s.db.Exec("INSERT INTO notices (to_id) VALUES ($1)", in.Text) // want "makes 1 INSERT on .notices."
	}
	return &pb.Done{}, nil
}

// A code is good for once.
func (s *Server) Sound(ctx context.Context, in *pb.Signal) (*pb.Done, error) {
	if err := s.codes.VerifyCode(ctx, in.Code); err != nil {
		return nil, err
	}
	rows, _ := s.db.Query("SELECT id FROM subscribers")
	for rows.Next() {
		s.db.Exec("INSERT INTO letters (to_id) VALUES ($1)", in.Text)
	}
	return &pb.Done{}, nil
}

// Nobody outside calls the methods of something else.
type Rehearsal struct {
	db *sql.DB
}

func (r *Rehearsal) Blow(ctx context.Context, in *pb.Signal) (*pb.Done, error) {
	rows, _ := r.db.Query("SELECT id FROM subscribers")
	for rows.Next() {
		r.db.Exec("INSERT INTO notices (to_id) VALUES ($1)", in.Text)
	}
	return &pb.Done{}, nil
}

type Codes struct{}

func (c *Codes) VerifyCode(ctx context.Context, code string) error { return nil }
