package lamps

import "sync"

type state struct {
	mu   sync.Mutex
	on   bool
	list []string
}

// House has the fields of what it embeds.
type House struct {
	*state
	name string
}

func (h *House) On() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.on && len(h.list) > 0
}

func (h *House) Switch(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.on = on
	h.list = append(h.list, h.name)
}

func (h *House) Dim(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.on = false
	h.list = append(h.list, name)
}

func (h *House) Toggle() {
	h.on = !h.on
	h.list = nil // want "`Toggle` changes .state.list. .*What .Switch. writes meanwhile may be lost"
}
