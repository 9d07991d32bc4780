// Package rounds takes a lock in each round of a loop.
package rounds

import "sync"

type Call struct {
	Kind string
	Data []byte
}

type Watchman struct {
	mu    sync.Mutex
	heard map[string]int
	calls chan Call
}

func (w *Watchman) Listen() {
	for {
		call := <-w.calls
		w.mu.Lock() // want-step "takes `Watchman.mu`, and again in the next round"
		switch {
		case call.Kind == "bell":
			w.heard["bell"]++
		case call.Kind == "horn":
			if len(call.Data) == 0 {
				w.heard["broken"]++
				continue // want "`Listen` goes on to the next round of a loop with `Watchman.mu` still held, and the next round takes it again: it waits for itself and never returns\."
			}
			if call.Data[0] == 0 {
				break
			}
			w.heard["horn"]++
		}
		w.mu.Unlock()
	}
}

func (w *Watchman) Patient() {
	for call := range w.calls {
		if call.Kind == "" {
			continue
		}
		w.mu.Lock()
		if len(call.Data) == 0 {
			w.mu.Unlock()
			continue
		}
		for _, b := range call.Data {
			if b == 0 {
				continue
			}
			w.heard[call.Kind]++
		}
		w.mu.Unlock()
	}
}

func (w *Watchman) Chosen(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case call := <-w.calls:
			w.mu.Lock()
			if call.Kind == "" {
				continue // want "`Chosen` goes on to the next round of a loop with `Watchman.mu` still held"
			}
			w.heard[call.Kind]++
			w.mu.Unlock()
		}
	}
}

// Held keeps the lock from round to round, and takes it once.
func (w *Watchman) Held() {
	locked := false
	for call := range w.calls {
		if !locked {
			w.mu.Lock()
			locked = true
		}
		if call.Kind == "" {
			continue
		}
		w.heard[call.Kind]++
		w.mu.Unlock()
		locked = false
	}
}

type Post struct {
	mu sync.Mutex
	n  int
}

// Each is locked one after the other.
func Each(posts []*Post) {
	for _, p := range posts {
		p.mu.Lock()
		if p.n == 0 {
			continue
		}
		p.mu.Unlock()
	}
}
