package orchard

import "sync"

type answers chan string

type letter struct{ waiting []answers }

// Desk gives an answer that it has into a channel with room for it.
type Desk struct {
	mu      sync.Mutex
	letters map[string]string
	open    map[string]*letter
}

func (d *Desk) Ask(name string) answers {
	answered := make(answers, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	if text, ok := d.letters[name]; ok {
		answered <- text
		return answered
	}
	d.open[name].waiting = append(d.open[name].waiting, answered)
	return answered
}

func (d *Desk) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.letters)
}

func (d *Desk) Has(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.letters[name] != ""
}

// Whoever wants to hear of it makes a channel with room.
func (d *Desk) close(closed chan error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.letters = nil
	if closed != nil {
		closed <- nil
	}
}

func (d *Desk) CloseLater() { go d.close(nil) }

func (d *Desk) CloseAndWait() error {
	closed := make(chan error, 1)
	go d.close(closed)
	return <-closed
}
