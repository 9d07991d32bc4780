package beacon

import (
	"sync"

	"github.com/gorilla/websocket"
)

type Buoy struct {
	mu    sync.Mutex
	lamps map[string]int
	conn  *websocket.Conn
}

var buoy = &Buoy{lamps: map[string]int{}}

func (b *Buoy) Lamp(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lamps[name]
}

func (b *Buoy) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.lamps)
}

// A frame of a few bytes.
func (b *Buoy) Ping() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lamps["ping"]++
	b.conn.WriteMessage(websocket.PingMessage, nil) // want-info "`Ping` holds `Buoy.mu` .* A control frame is a few bytes"
}
