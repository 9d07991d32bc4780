package harbour

import (
	"net"
	"sync"
)

type Gate struct {
	mu    sync.Mutex
	conn  net.Conn
	queue [][]byte
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

func (g *Gate) Now(text []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.enqueue(text, true) // want "`Now` holds `Gate.mu` while it goes to the network .* through `enqueue` and `flush`"
}

// The nearest way is ruled out, a further one is not.
func (g *Gate) both(text []byte, now bool) {
	if now {
		g.flush()
	}
	g.flushLater()
}

func (g *Gate) flushLater() { g.drain() }

func (g *Gate) drain() { g.conn.Write(nil) }

func (g *Gate) Both(text []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.both(text, false) // want "`Both` holds `Gate.mu` while it goes to the network .* through `both` … `drain`"
}

// What one change mends is told once, for the function that is met first.
func (g *Gate) Drain(text []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.both(text, false)
}
