package charts

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"net"
	"net/http"
	"sync"
)

// Room sends what it holds straight to those who listen.
type Room struct {
	mu    sync.Mutex
	marks map[string]int
	peers map[string]net.Conn
}

func (r *Room) Mark(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.marks[name]++
}

func (r *Room) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.marks)
}

func (r *Room) Share() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, peer := range r.peers {
		enc := gob.NewEncoder(peer)
		enc.Encode(r.marks) // want "holds `Room.mu` while it goes to the network .`net.Conn.Write`"
	}
}

// Table answers with what it holds.
type Table struct {
	mu    sync.Mutex
	marks map[string]int
}

func (t *Table) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	json.NewEncoder(w).Encode(t.marks) // want-info "holds `Table.mu` while it goes to the network .`http.ResponseWriter.Write`"
}

func (t *Table) Mark(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.marks[name]++
}

func (t *Table) Count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.marks)
}

// Shelf writes into memory under its lock.
type Shelf struct {
	mu    sync.Mutex
	marks map[string]int
}

func (s *Shelf) Share(peer net.Conn) error {
	s.mu.Lock()
	var text bytes.Buffer
	json.NewEncoder(&text).Encode(s.marks)
	s.mu.Unlock()
	_, err := peer.Write(text.Bytes())
	return err
}

func (s *Shelf) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.marks)
}
