package orchard

import (
	"net"
	"os"
	"sync"
)

type Gate struct {
	mu    sync.Mutex
	conn  net.Conn
	queue [][]byte
	ch    chan struct{}
}

func NewGate(conn net.Conn) *Gate {
	g := &Gate{conn: conn, ch: make(chan struct{}, 8)}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ch <- struct{}{}
	return g
}

func (g *Gate) Length() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.queue)
}

func (g *Gate) flush() bool {
	_, err := g.conn.Write(g.queue[0])
	return err == nil
}

func (g *Gate) enqueue(text []byte, now bool) {
	g.queue = append(g.queue, text)
	if !(now && g.flush()) {
		g.queue = append(g.queue, nil)
	}
}

// The constant rules out the way to the connection.
func (g *Gate) Later(text []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.enqueue(text, false)
}

// Room is told by the type of the field: a local of the same name has none.
func (g *Gate) Release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ch <- struct{}{}
}

func other() {
	ch := make(chan struct{})
	close(ch)
}

// Whether a file is there is known at once.
func (g *Gate) Check(path string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, err := os.Stat(path)
	return err == nil
}
