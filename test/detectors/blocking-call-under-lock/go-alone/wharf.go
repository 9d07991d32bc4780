package wharf

import (
	"net"
	"sync"
)

// Calls has one function only that takes the lock.
type Calls struct {
	mu   sync.Mutex
	made map[string]int
}

func (c *Calls) Announce(port string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	net.Dial("tcp", port) // want-info "`Announce` holds `Calls.mu` .* Nobody is seen to come often for what is in memory alone\.$"
	c.made[port]++
}

// Ports are asked for: who wants one that is known waits for who wants another.
type Ports struct {
	mu    sync.Mutex
	lines map[string]net.Conn
}

func (p *Ports) GetLine(port string) net.Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	line, ok := p.lines[port]
	if !ok {
		line, _ = net.Dial("tcp", port) // want "`GetLine` holds `Ports.mu` while it goes to the network"
		p.lines[port] = line
	}
	return line
}

func (p *Ports) Forget(port string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.lines, port)
}

// Wire is of no use before it is connected.
type Wire struct {
	mu   sync.Mutex
	sent map[string]int
	line net.Conn
}

func (w *Wire) Connect(port string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.line, _ = net.Dial("tcp", port) // want-info "`Connect` holds `Wire.mu` .* It runs when something starts or ends"
}

func (w *Wire) Sent() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.sent)
}

type LogStreamReader struct {
	mu   sync.Mutex
	page map[int]string
}

func (w *Wire) Pages() *LogStreamReader {
	return &LogStreamReader{page: map[int]string{}}
}

func (r *LogStreamReader) Turn(port string, page int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	net.Dial("tcp", port) // want-info "`Turn` holds `LogStreamReader.mu` .* only those who use the same one wait"
	r.page[page] = port
}

func (r *LogStreamReader) Page(page int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.page[page]
}
