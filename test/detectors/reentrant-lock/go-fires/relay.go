package lighthouse

import "sync"

type Relay struct {
	mu   sync.Mutex
	sent int
}

func (r *Relay) Send() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.one() // want-info "`Send` holds `Relay.mu` and calls `one`, .* It is far away, and something on the way may keep this one out"
}

func (r *Relay) one()   { r.two() }
func (r *Relay) two()   { r.three() }
func (r *Relay) three() { r.four() }
func (r *Relay) four()  { r.five() }
func (r *Relay) five()  { r.six() }
func (r *Relay) six()   { r.seven() }

func (r *Relay) seven() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent++
}
