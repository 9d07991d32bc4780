package guild

import (
	"database/sql"
	"net/http"
)

// Stands gives no more members than it is asked for.
type Stands struct {
	db   *sql.DB
	need int
}

func (s *Stands) routes() { http.HandleFunc("/stands", s.fill) }

func (s *Stands) fill(w http.ResponseWriter, r *http.Request) {
	chosen, err := s.choose(r.FormValue("guild"))
	if err != nil {
		return
	}
	for _, member := range chosen {
		s.db.Exec("INSERT INTO stands (member) VALUES ($1)", member.ID)
	}
}

func (s *Stands) choose(guild string) ([]*Member, error) {
	rows, err := s.db.Query("SELECT id FROM members WHERE guild = $1", guild)
	if err != nil {
		return nil, err
	}
	var chosen []*Member
	for rows.Next() {
		if len(chosen) >= s.need {
			break
		}
		chosen = append(chosen, &Member{})
	}
	return chosen, nil
}
