package main

import (
	"net/http"
	"os/exec"
	"sync"
	"time"
)

// Server is asked for more than its bundle.
type Server struct {
	mu    sync.Mutex
	level map[string]int
}

var server = &Server{level: map[string]int{}}

func main() {
	http.HandleFunc("/level", func(w http.ResponseWriter, r *http.Request) { server.Level(r.URL.Path) })
	http.HandleFunc("/levels", func(w http.ResponseWriter, r *http.Request) { server.Levels() })
	http.HandleFunc("/bundle", func(w http.ResponseWriter, r *http.Request) { server.Bundle() })
	http.HandleFunc("/begin", func(w http.ResponseWriter, r *http.Request) { server.Begin() })
	http.ListenAndServe(":8080", nil)
}

func (s *Server) Level(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.level[name]
}

func (s *Server) Levels() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.level)
}

// The wait is longer than the start.
func (s *Server) Bundle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	begin()
	settle() // want "`Bundle` holds `Server.mu` while it sleeps .* 2 other functions that need the lock, such as `\w+`, wait as long\.$"
}

func settle() {
	time.Sleep(5 * time.Second)
}

func begin() {
	exec.Command("journal").Start()
}

func (s *Server) Begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	begin() // want-info "`Begin` holds `Server.mu` .* It does not wait for the process to end\.$"
}
