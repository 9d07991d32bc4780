package harbour

import "sync"

// Log is kept by the harbour, and used all over the package.
type Log struct {
	mu     sync.Mutex
	lines  []string
	pages  map[string]int
	readBy map[string]int
	closed bool
}

func (l *Log) Write(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
	l.pages[line]++
}

func (l *Log) Turn(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = l.lines[1:]
	l.pages[line] = 0
}

func (l *Log) Last() (string, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines[0], len(l.pages)
}

func (l *Log) Size() (int, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.lines), len(l.pages)
}

func (l *Log) Skip() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = nil
}

// One finding for both fields.
func (l *Log) Print() {
	for _, line := range l.lines {
		println(line, l.pages[line]) // want "`Print` reads `Log.pages` without `Log.mu`: .*The same goes for `Log.lines`"
	}
}

// A slice that everybody in the package may look at.
func wordsOf(l *Log) int {
	return len(l.lines) // want "`wordsOf` reads `Log.lines` without"
}

// Nobody is waited for.
func (l *Log) Close() {
	l.lines = nil // want "`Close` changes `Log.lines` without"
}

// Whoever calls it holds nothing, and it is not the only one.
func (l *Log) Reset() {
	l.clear()
}

func (l *Log) clear() {
	l.pages = map[string]int{} // want "`clear` changes `Log.pages` without"
}
