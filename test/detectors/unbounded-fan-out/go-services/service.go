package guild

import (
	"context"
	"database/sql"
	"sync"

	"github.com/nats-io/nats.go"
)

type AnnounceRequest struct {
	Guild  string
	Emails []string
	Rooms  []string
}

type AnnounceResponse struct{}

// Registered by generated code that is not in the workspace.
type GuildServer struct {
	db  *sql.DB
	bus *nats.Conn
}

func (s *GuildServer) Announce(ctx context.Context, req *AnnounceRequest) (*AnnounceResponse, error) {
	var ids []int
	rows, err := s.db.QueryContext(ctx, "SELECT id FROM members WHERE guild = $1", req.Guild)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int
		rows.Scan(&id)
		ids = append(ids, id)
	}
	s.tell(ctx, ids)
	return &AnnounceResponse{}, nil
}

func (s *GuildServer) tell(ctx context.Context, ids []int) {
	for _, id := range ids {
		s.db.ExecContext(ctx, "INSERT INTO notices (member) VALUES ($1)", id) // want "Each call of `\(\*GuildServer\).Announce` makes 1 INSERT on `notices` for each of `ids`"
	}
}

type InviteRequest = AnnounceRequest

func (s *GuildServer) Invite(ctx context.Context, req *InviteRequest) (*AnnounceResponse, error) {
	for _, email := range req.Emails {
		s.bus.Publish("invitations", []byte(email)) // want "Each call of `\(\*GuildServer\).Invite` sends 1 message .*for each of `req.Emails`"
	}
	return &AnnounceResponse{}, nil
}

type OpenRequest = AnnounceRequest

// What a request brings along without naming anybody.
func (s *GuildServer) Open(ctx context.Context, req *OpenRequest) (*AnnounceResponse, error) {
	for _, room := range req.Rooms {
		s.bus.Publish("rooms", []byte(room)) // want-info "The request names them: there are no more than somebody writes down\.$"
	}
	for _, email := range req.Emails {
		s.db.ExecContext(ctx, "INSERT INTO openings (email) VALUES ($1)", email)
	}
	return &AnnounceResponse{}, nil
}

// Not what is called from outside, but what calls.
type GuildClient struct{ db *sql.DB }

func (c *GuildClient) Announce(ctx context.Context, req *AnnounceRequest) (*AnnounceResponse, error) {
	rows, _ := c.db.QueryContext(ctx, "SELECT id FROM members")
	for rows.Next() {
		c.db.ExecContext(ctx, "INSERT INTO calls (n) VALUES (1)")
	}
	return nil, nil
}

type GatherRequest = AnnounceRequest

// What it starts ends with it.
func (s *GuildServer) Gather(ctx context.Context, req *GatherRequest) (*AnnounceResponse, error) {
	var group sync.WaitGroup
	for _, room := range req.Rooms {
		group.Add(1)
		go func() { // want-info "It waits for all of them: they end with it\.$"
			defer group.Done()
			s.db.ExecContext(ctx, "SELECT pg_notify('rooms', $1)", room)
		}()
	}
	group.Wait()
	return &AnnounceResponse{}, nil
}

type WorkerPool struct{ todo chan func() }

func (p *WorkerPool) Do(f func()) { p.todo <- f }

type CleanRequest = AnnounceRequest

// As many work at once as the pool has.
func (s *Cleaner) Clean(ctx context.Context, req *CleanRequest) (*AnnounceResponse, error) {
	for range s.rooms {
		s.pool.Do(func() {})
	}
	return &AnnounceResponse{}, nil
}

type Cleaner struct {
	pool  *WorkerPool
	rooms []string
}
