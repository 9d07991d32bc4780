package main

import "sync"

type Listener func(string)

type Hub struct {
	mu        sync.Mutex
	listeners []Listener
	named     map[int]Listener
	next      int
}

func (h *Hub) Subscribe(l Listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners = append(h.listeners, l) // want "`Hub.listeners` only ever grows: each request to `/news` adds to it"
}

// Who is there may leave.
func (h *Hub) Attach(l Listener) func() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	id := h.next
	h.named[id] = l
	return func() {
		h.mu.Lock()
		delete(h.named, id)
		h.mu.Unlock()
	}
}
