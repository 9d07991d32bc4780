package lighthouse

import (
	"os"
	"sync"
)

// Archive keeps logs on disk.
type Archive struct {
	mu     sync.RWMutex
	saving sync.Mutex
	pages  map[string][]byte
}

func OpenArchive(path string) (*Archive, error) {
	a := &Archive{pages: map[string][]byte{}}
	page, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return a, a.recover(page)
}

// Nobody else has it yet.
func (a *Archive) recover(page *os.File) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pages["first"] = nil
	return page.Sync() // want "`recover` holds `Archive.mu` .* It runs when something starts or ends"
}

func (a *Archive) Count() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.pages)
}

// Others have it by now.
func (a *Archive) Add(name string, page *os.File) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pages[name] = nil
	return page.Sync() // want "`Add` holds `Archive.mu` .* waits? as long\.$"
}

// Nothing but the writing is under this lock.
func (a *Archive) Save(page *os.File) error {
	a.saving.Lock()
	defer a.saving.Unlock()
	return page.Sync() // want "`Save` holds `Archive.saving` .* let one of these through at a time"
}

// Mirror goes on after it has been made.
type Mirror struct {
	mu    sync.Mutex
	seen  map[string]bool
	pages chan string
}

func NewMirror() *Mirror {
	m := &Mirror{seen: map[string]bool{}, pages: make(chan string)}
	go m.run()
	return m
}

func (m *Mirror) run() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for page := range m.seen {
		m.pages <- page // want "`run` holds `Mirror.mu` .* waits? as long\.$"
	}
}

func (m *Mirror) Has(page string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[page]
}

func (a *Archive) Has(name string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.pages[name] != nil
}

func (m *Mirror) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.seen)
}
