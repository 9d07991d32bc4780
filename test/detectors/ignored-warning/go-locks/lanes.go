package lanes

import "sync"

type Lane struct {
	// mu guards ships. Do not hold it while calling Hail: ships answer slowly.
	mu    sync.Mutex
	ships map[string]bool
	// logMu keeps lines apart. It is held while calling Note.
	logMu sync.Mutex
	lines []string
}

func (l *Lane) Hail(name string) bool { return name != "" }

func (l *Lane) Note(line string) { l.lines = append(l.lines, line) }

func (l *Lane) Enter(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ships[name] = l.Hail(name) // want "Hail"
}

func (l *Lane) Leave(name string) {
	answered := l.Hail(name)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ships[name] = !answered
}

func (l *Lane) Write(line string) {
	l.logMu.Lock()
	defer l.logMu.Unlock()
	l.Note(line)
	l.Hail(line)
}
