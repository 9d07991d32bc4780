package depot

import (
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

// Store has its lock taken by a few.
type Store struct {
	mu      sync.Mutex
	writeMu sync.Mutex
	sent    int
	oil     map[string]int
}

func serveStore(s *Store, shed *Shed) {
	http.HandleFunc("/open", s.open)
	http.HandleFunc("/opened", s.opened)
	http.HandleFunc("/pause", s.pause)
	http.HandleFunc("/send", s.send)
	http.HandleFunc("/halt", shed.shutdownAll)
	http.HandleFunc("/jars", shed.closeJar)
}

func (s *Store) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.oil)
}

// One file is quick.
func (s *Store) open(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	os.ReadFile(r.URL.Path) // want "`open` holds `Store.mu` .* It is one file\.$"
}

// As many as there are take long.
func (s *Store) opened(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.oil {
		s.read(name) // want "`opened` holds `Store.mu` .* waits? as long\.$"
	}
}

func (s *Store) read(name string) { os.ReadFile(name) }

// It is over before another thread has got going.
func (s *Store) pause(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(time.Microsecond)
	time.Sleep(20 * time.Nanosecond)
}

// The lock says what it is for.
func (s *Store) send(w http.ResponseWriter, r *http.Request) {
	s.writeMu.Lock()
	defer s.writeMu.Unlock()
	s.sent++
	w.Write([]byte("oil")) // want "`send` holds `Store.writeMu` .* let one of these through at a time"
}

func (s *Store) Sent() int {
	s.writeMu.Lock()
	defer s.writeMu.Unlock()
	return s.sent
}

// Shed has its lock taken by a few, too.
type Shed struct {
	mu   sync.Mutex
	jars map[string]int
}

func (s *Shed) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.jars)
}

// Nobody comes any more.
func (s *Shed) shutdownAll(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	http.Get("https://harbour.example.com/closed") // want "`shutdownAll` holds `Shed.mu` .* It runs when something starts or ends"
}

// Something ends each time, and not for good.
func (s *Shed) closeJar(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	http.Get("https://harbour.example.com/jars") // want "`closeJar` holds `Shed.mu` .* waits? as long\.$"
}

// Depot has a lock under which the worst is unlikely and the next worst is not.
type Depot struct {
	mu      sync.Mutex
	barrels map[string]int
}

func (d *Depot) Barrels() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.barrels)
}

func (d *Depot) Fill(name string, log io.Writer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.check(name)
	time.Sleep(time.Second) // want "`Fill` holds `Depot.mu` while it sleeps .* waits? as long\.$"
}

func (d *Depot) check(name string) {
	if d.barrels[name] > 7 {
		d.ask(name)
	}
}

func (d *Depot) ask(name string) {
	if name != "" {
		d.fetch(name)
	}
}

func (d *Depot) fetch(name string) { http.Get("https://harbour.example.com/" + name) }

func (s *Store) Oil(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.oil[name]
}

func (d *Depot) Filled(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.barrels[name]
}
