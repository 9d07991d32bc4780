package pier

import (
	"net"
	"net/http"
	"sync"
)

// Radio connects, and calls home.
type Radio struct {
	mu       sync.Mutex
	conn     net.Conn
	messages map[string]string
}

func ServeRadio(r *Radio) {
	http.HandleFunc("/radio", func(w http.ResponseWriter, req *http.Request) { r.Connect(req.URL.Path) })
}

func (r *Radio) Connect(address string) (err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conn, err = net.Dial("tcp", address) // want-info "`Connect` holds `Radio.mu` .* makes what all others with the lock need"
	return err
}

func (r *Radio) Last(name string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.messages[name]
}

type Relay struct {
	mu       sync.Mutex
	messages map[string]string
}

func (r *Relay) Pass(address string) (net.Conn, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.messages[address] = ""
	return net.Dial("tcp", address) // want "`Pass` holds `Relay.mu` while it goes to the network .* waits? as long\.$"
}

func (r *Relay) Last(name string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.messages[name]
}
