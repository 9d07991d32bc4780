package lines

import (
	"net"
	"sync"

	"github.com/coder/websocket"
)

// Line is the one to the pilot.
type Line struct {
	mu    sync.Mutex
	conn  *websocket.Conn
	sent  int
	wires []*websocket.Conn
	radio net.PacketConn
	cable net.Conn
}

var line = &Line{}

func (l *Line) Sent() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sent
}

func (l *Line) Wires() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.wires)
}

func (l *Line) Beat(to net.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.radio.WriteTo([]byte("beat"), to) // want-info "`Beat` holds `Line.mu` .* A datagram is sent without waiting for anybody\.$"
}

func (l *Line) Call(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cable.Write([]byte(text)) // want "`Call` holds `Line.mu` .* wait as long\.$"
}

func (l *Line) Drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, wire := range l.wires {
		wire.Close(websocket.StatusNormalClosure, "") // want "`Drop` holds `Line.mu` .* wait as long\.$"
	}
}

// Phone is hung up while nobody can speak.
type Phone struct {
	mu    sync.Mutex
	conn  *websocket.Conn
	calls int
}

var phone = &Phone{}

func (p *Phone) Calls() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}

func (p *Phone) Connection() *websocket.Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.conn
}

func (p *Phone) hangUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conn.Close(websocket.StatusNormalClosure, "") // want-info "`hangUp` holds `Phone.mu` .* It closes what those who want the lock would use\.$"
	p.conn = nil
}
