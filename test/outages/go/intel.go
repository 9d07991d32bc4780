package roads

import (
	"encoding/json"
	"net/http"
)

// Intel is what a guild of traders knows about prices.
type Intel struct {
	Harbours map[string]int
}

// HandleReport lets a trader add a price.
func (s *Server) HandleReport(w http.ResponseWriter, r *http.Request) {
	guild, harbour, price := r.FormValue("guild"), r.FormValue("harbour"), r.FormValue("price")
	s.mu.Lock()
	intel := s.intel[guild]
	intel.Harbours[harbour] = len(price) // want-step guarded-value-escapes-lock
	s.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

// HandleIntel sends what a guild knows.
func (s *Server) HandleIntel(w http.ResponseWriter, r *http.Request) {
	guild := r.FormValue("guild")
	s.mu.Lock()
	intel := s.intel[guild] // want-step guarded-value-escapes-lock
	s.mu.Unlock()
	body, _ := json.Marshal(intel.Harbours) // want guarded-value-escapes-lock "`HandleIntel` serialises `Intel\.Harbours` after it has released `Server\.mu`"
	_, _ = w.Write(body)
}
