package harbour

import (
	"net"
	"sync"
)

// Radio is a connection with the lock that lets one message through at a time.
type Radio struct {
	mu   sync.Mutex
	conn net.Conn
}

func (r *Radio) Say(text []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, err := r.conn.Write(text) // want "`Say` holds `Radio.mu` .* let one of these through at a time"
	return err
}

func (r *Radio) Hear(text []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, err := r.conn.Read(text)
	return err
}
