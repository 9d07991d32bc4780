package ferry

import "sync"

// Whistle tells of each arrival. Whoever hands in the first channel reads from it; nobody knows who reads the others.
type Whistle struct {
	mu     sync.Mutex
	told   map[string]int
	heard  chan<- string
	kept   chan<- string
	echoes chan string
}

func (w *Whistle) Provide(heard chan<- string, echoes chan string) {
	w.heard = heard
	w.echoes = echoes
}

func (w *Whistle) Blow(ship string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told[ship]++
	w.heard <- ship // want-info "`Blow` holds `Whistle.mu` .* The channel was handed in by somebody who reads from it"
}

func (w *Whistle) Echo(ship string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told[ship]++
	w.echoes <- ship // want "`Echo` holds `Whistle.mu` while it sends to the channel `Whistle.echoes`.* as long\.$"
}

func (w *Whistle) Keep(ship string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told[ship]++
	w.kept <- ship // want "`Keep` holds `Whistle.mu` while it sends to the channel `Whistle.kept`.* as long\.$"
}

func (w *Whistle) Told() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.told)
}

func (w *Whistle) ToldOf(ship string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.told[ship]
}
