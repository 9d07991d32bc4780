package works

import (
	"net"
	"net/http"
	"sync"
)

// Shuttle is asked where it is by tests alone.
type Shuttle struct {
	mu   sync.Mutex
	rows map[string]int
}

var shuttle = &Shuttle{rows: map[string]int{}}

func serve(w http.ResponseWriter, r *http.Request) {
	shuttle.Throw(r.URL.Path)
	feeder.Throw(r.URL.Path)
	line.Write([]byte(r.URL.Path))
	bolts.Draw(1)
}

func show(w http.ResponseWriter, r *http.Request) {
	feeder.Row(r.URL.Path)
	bolts.Drawn()
	bolts.Has(r.URL.Path)
}

func main() {
	http.HandleFunc("/throw", serve)
	http.HandleFunc("/show", show)
	http.ListenAndServe(":8080", nil)
}

func (s *Shuttle) Throw(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[name]++
	http.Get("https://loom.example.com/" + name) // want-info "`Throw` holds `Shuttle.mu` .* Nobody is seen to come often for what is in memory alone\.$"
}

func (s *Shuttle) Row(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[name]
}

// Feeder is asked by requests as well.
type Feeder struct {
	mu   sync.Mutex
	rows map[string]int
}

var feeder = &Feeder{rows: map[string]int{}}

func (f *Feeder) Throw(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows[name]++
	http.Get("https://feeder.example.com/" + name) // want "`Throw` holds `Feeder.mu` .* 1 other function that needs the lock, `Row`, waits as long\.$"
}

func (f *Feeder) Row(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.rows[name]
}

// Line is read piece by piece: who reads looks nothing up.
type Line struct {
	half  Half
	sizes []int
	conn  net.Conn
}

type Half struct {
	sync.Mutex
	sent int
}

var line = &Line{}

func (l *Line) Read(b []byte) (int, error) {
	l.half.Lock()
	defer l.half.Unlock()
	if l.sizes[0] > 0 {
		return l.conn.Read(b)
	}
	return 0, nil
}

func (l *Line) Write(b []byte) (int, error) {
	l.half.Lock()
	defer l.half.Unlock()
	l.half.sent++
	return l.conn.Write(b) // want-info "`Write` holds `Half` .* Nobody is seen to come often for what is in memory alone\.$"
}

func (l *Line) Then(do func(sent int)) {
	l.half.Lock()
	defer l.half.Unlock()
	do(l.half.sent)
}

// Bolts are opened in one way or another.
type Bolts struct {
	mu    sync.Mutex
	drawn map[string]int
	conn  net.Conn
}

var bolts = &Bolts{drawn: map[string]int{}}

func (b *Bolts) OpenWithMode(mode int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conn, _ = net.Dial("tcp", "bolts.example.com:80") // want-info "`OpenWithMode` holds `Bolts.mu` .* It runs when something starts or ends"
}

func (b *Bolts) Draw(mode int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conn, _ = net.Dial("tcp", "bolts.example.com:81") // want "`Draw` holds `Bolts.mu` .* wait as long\.$"
}

func (b *Bolts) Drawn() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.drawn)
}

func (b *Bolts) Has(name string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.drawn[name] > 0
}
