package roads

func (s *Server) countTime() {
	for _, player := range s.players() { // want-step io-in-hot-loop
		s.addTime(player, 60, true) // want io-in-hot-loop "every 6 ticks of 10 s × each of `s\.players\(\)` × 1 UPDATE on `players` \(through `\(\*Server\)\.addTime`\).*The `true` given for `persist`"
	}
}

func (s *Server) players() []*Player {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*Player
	for _, player := range s.online {
		all = append(all, player)
	}
	return all
}

func (s *Server) addTime(player *Player, seconds int, persist bool) {
	player.TimePlayed += seconds
	if persist {
		_, _ = s.db.Exec("UPDATE players SET time_played = $1 WHERE id = $2", player.TimePlayed, player.ID) // want-step io-in-hot-loop
	}
}
