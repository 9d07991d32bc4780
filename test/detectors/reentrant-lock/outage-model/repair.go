package shipyard

func (s *Server) repairWrecks() {
	for _, wreck := range s.wrecks {
		s.AddModule(&Module{ID: wreck + "-hull", Ship: wreck}) // want-step "calls .*AddModule"
	}
}

// AddModule registers a module of a ship.
func (s *Server) AddModule(m *Module) {
	s.mu.Lock() // want-step "takes `Server\.mu` again"
	defer s.mu.Unlock()
	s.modules[m.ID] = m
}
