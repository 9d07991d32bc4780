package roads

// AddModule puts a module on a ship.
func (s *Server) AddModule(ship string, module string) {
	s.mu.Lock() // want-step reentrant-lock "again"
	defer s.mu.Unlock()
	s.modules[ship] = append(s.modules[ship], module)
}

// Start loads what was saved.
func (s *Server) Start() {
	s.mu.Lock() // want-step reentrant-lock, want-step blocking-call-under-lock
	defer s.mu.Unlock()
	s.load() // want reentrant-lock "`Start` holds `Server\.mu` and calls `load`, which leads to `AddModule`, where it is taken again", want blocking-call-under-lock "`Start` holds `Server\.mu` while it goes to the database \(`select modules`\) through `load`"
}

func (s *Server) load() {
	rows, err := s.db.Query("SELECT ship, module FROM modules WHERE scrapped = false") // want-step blocking-call-under-lock
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var ship, module string
		if rows.Scan(&ship, &module) == nil {
			s.modules[ship] = append(s.modules[ship], module)
		}
	}
	s.migrate()
	s.repairWrecks() // want-step reentrant-lock
}

func (s *Server) migrate() {
	for ship := range s.modules {
		// Set in place: calling AddModule would deadlock, because Start holds the lock. // want-step ignored-warning
		s.modules[ship] = append(s.modules[ship], "anchor")
	}
}

func (s *Server) repairWrecks() { // want-step ignored-warning
	for ship := range s.modules {
		s.AddModule(ship, "hull") // want ignored-warning "calls `\(\*Server\)\.AddModule` while it holds `Server\.mu`, though", want-step reentrant-lock
	}
}
