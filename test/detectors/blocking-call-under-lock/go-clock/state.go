package tower

import (
	"net"
	"net/http"
	"sync"
)

func init() {
	http.HandleFunc("/add", func(w http.ResponseWriter, r *http.Request) {
		line.Add(r.URL.Path)
		line.Get(r.URL.Path)
		cord.Add(r.URL.Path)
		cord.Get(r.URL.Path)
	})
}

// Line is wanted by those alone who go to the network as well.
type Line struct {
	mu    sync.Mutex
	made  map[string]net.Conn
	state int
}

var line = &Line{made: map[string]net.Conn{}}

func (l *Line) Add(port string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state++
	net.Dial("tcp", port) // want-info "`Add` holds `Line.mu` .* Only who does such a thing as well is seen to be kept waiting"
}

func (l *Line) Get(port string) net.Conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.made[port] == nil {
		l.made[port], _ = net.Dial("tcp", port)
	}
	return l.made[port]
}

func (l *Line) Forget(port string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.made, port)
	net.Dial("tcp", port)
}

// Cord is asked for its state, too.
type Cord struct {
	mu    sync.Mutex
	made  map[string]net.Conn
	state int
}

var cord = &Cord{made: map[string]net.Conn{}}

func (c *Cord) Add(port string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state++
	net.Dial("tcp", port) // want "`Add` holds `Cord.mu` while it goes to the network"
}

func (c *Cord) Get(port string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}
