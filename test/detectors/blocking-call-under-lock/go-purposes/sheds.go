package pier

import (
	"net/http"
	"sync"
)

// Sheds are built one after the other.
type Sheds struct {
	createMu sync.Mutex
	names    map[string]bool
}

func ServeSheds(s *Sheds) {
	http.HandleFunc("/shed", func(w http.ResponseWriter, r *http.Request) { s.Build(r.URL.Path) })
}

func (s *Sheds) Build(name string) {
	s.createMu.Lock()
	defer s.createMu.Unlock()
	s.names[name] = true
	http.Get("http://sheds.example.com") // want-info "`Build` holds `Sheds.createMu` .* By its name the lock lets one of these through"
}

func (s *Sheds) Has(name string) bool {
	s.createMu.Lock()
	defer s.createMu.Unlock()
	return s.names[name]
}
