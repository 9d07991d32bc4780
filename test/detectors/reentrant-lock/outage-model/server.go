package shipyard

import (
	"database/sql"
	"sync"
)

type Module struct {
	ID   string
	Ship string
}

type Server struct {
	mu      sync.Mutex
	db      *sql.DB
	modules map[string]*Module
	wrecks  []string
}

func (s *Server) Initialize() error {
	s.mu.Lock() // want-step "takes `Server\.mu`"
	defer s.mu.Unlock()
	s.modules = map[string]*Module{}
	return s.loadFromDatabase() // want "`Initialize` holds `Server\.mu` and calls `loadFromDatabase`, which leads to `AddModule`, where it is taken again"
}

func (s *Server) loadFromDatabase() error {
	rows, err := s.db.Query("SELECT id FROM wrecks")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		s.wrecks = append(s.wrecks, id)
	}
	s.repairWrecks() // want-step "calls .*repairWrecks"
	return rows.Err()
}
