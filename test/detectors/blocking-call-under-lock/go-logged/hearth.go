package kiln

import (
	"net"
	"net/http"
	"sync"
)

type Hearth struct {
	mu   sync.Mutex
	logs map[string]int
	wire *Wire
}

type Wire struct{ conn net.Conn }

func (w *Wire) Infof(text string) { w.post(text) }

func (w *Wire) post(text string) { w.conn.Write([]byte(text)) }

func Light(h *Hearth) {
	http.HandleFunc("/cool", h.cool)
	http.HandleFunc("/send", h.send)
}

func (h *Hearth) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.logs)
}

func (h *Hearth) Heat(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.logs[name]
}

// Somebody reads this log over the network.
func (h *Hearth) cool(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wire.Infof("fire is out") // want-info "`cool` holds `Hearth.mu` while it goes to the network .* It is a line for a log\.$"
	h.logs = map[string]int{}
}

func (h *Hearth) send(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wire.post("fire is out") // want "`send` holds `Hearth.mu` while it goes to the network .* through `post`: \d+ other functions"
}
