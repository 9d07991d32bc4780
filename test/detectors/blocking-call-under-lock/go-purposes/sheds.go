package pier

import (
	"net/http"
	"os"
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

// LogSegment is a part of a log.
type LogSegment struct {
	mu    sync.Mutex
	lines map[string]int
}

func ServeSegment(s *LogSegment, file *os.File) {
	http.HandleFunc("/segment", func(w http.ResponseWriter, r *http.Request) { s.Save(file) })
}

func (s *LogSegment) Save(file *os.File) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return file.Sync() // want-info "`Save` holds `LogSegment.mu` .* By its name the lock is that of a file"
}

func (s *LogSegment) Lines(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines[name]
}
