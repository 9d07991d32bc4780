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

// Whoever asks reads the answer meanwhile.
func (n *News) Tell(answers chan<- bool, text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	answers <- n.known[text] // want "`Tell` holds `News.mu` .* handed in by somebody who reads from it"
}

// Nobody knows who reads from a channel that is kept.
func (n *News) Publish(text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.known[text] = true
	n.tower <- text // want "`Publish` holds `News.mu` .* waits? as long\.$"
}

func (n *News) Call(text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.known[text] = true
	n.ships <- text // want "`Call` holds `News.mu` .* waits? as long\.$"
}

func (n *News) Knows(text string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.known[text]
}
