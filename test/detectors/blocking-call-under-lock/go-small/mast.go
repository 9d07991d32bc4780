package beacon

import (
	"net"
	"sync"
)

type Mast struct {
	mu    sync.Mutex
	lamps map[string]int
}

var mast = &Mast{lamps: map[string]int{}}

func (b *Mast) Lamp(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lamps[name]
}

func (b *Mast) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.lamps)
}

// Nothing is sent to make a socket for datagrams.
func (b *Mast) Open(address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lamps[address]++
	net.Dial("udp", address) // want-info "`Open` holds `Mast.mu` .* A socket for datagrams is made without sending one"
}
