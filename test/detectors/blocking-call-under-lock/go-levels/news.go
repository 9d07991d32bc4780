package lighthouse

import "sync"

type News struct {
	mu    sync.Mutex
	known map[string]bool
	tower chan<- string
	ships chan string
}

func (n *News) Count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.known)
}

func (n *News) Tell(text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.known[text] = true
	n.tower <- text // want "`Tell` holds `News.mu` .* handed in by somebody who reads from it"
}

func (n *News) Call(text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.known[text] = true
	n.ships <- text // want "`Call` holds `News.mu` .* waits? as long\.$"
}
