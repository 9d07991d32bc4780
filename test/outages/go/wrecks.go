package roads

// AddModule puts a module on a ship.
func (s *Server) AddModule(ship string, module string) {
	s.mu.Lock() // want-step reentrant-lock
	defer s.mu.Unlock()
	s.modules[ship] = append(s.modules[ship], module)
}

// Start loads what was saved.
func (s *Server) Start() {
	s.mu.Lock() // want-step reentrant-lock
	defer s.mu.Unlock()
	s.load() // want reentrant-lock
}

func (s *Server) load() {
	s.migrate()
	s.repairWrecks()
}

func (s *Server) migrate() {
	for ship := range s.modules {
		// Set in place: calling AddModule would deadlock, because Start holds the lock.
		s.modules[ship] = append(s.modules[ship], "anchor")
	}
}

func (s *Server) repairWrecks() {
	for ship := range s.modules {
		s.AddModule(ship, "hull") // want ignored-warning
	}
}
