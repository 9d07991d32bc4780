package archive

import (
	"net/http"
	"os"
	"path/filepath"
	"sync"
)

// Block keeps its file open.
type Block struct {
	mu   sync.RWMutex
	file *os.File
	name string
	rows map[string]int
}

// Log is made of blocks.
type Log struct {
	mu     sync.Mutex
	last   *Block
	lengths map[string]int
}

func serveLog(l *Log, b *Block) {
	http.HandleFunc("/compact", b.compact)
	http.HandleFunc("/rows", b.count)
	http.HandleFunc("/purge", l.purge)
	http.HandleFunc("/settle", l.settle)
	http.HandleFunc("/lengths", l.count)
	http.HandleFunc("/flush", l.flush)
}

func (b *Block) compact(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name := range b.rows {
		os.WriteFile(name, nil, 0o600) // want-info "`compact` holds `Block.mu` .* The lock is that of the file itself, which has to be left alone meanwhile\.$"
	}
}

func (b *Block) count(w http.ResponseWriter, r *http.Request) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	w.WriteHeader(len(b.rows))
}

func (l *Log) purge(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.lengths {
		os.RemoveAll(name) // want-info "`purge` holds `Log.mu` .* The lock is that of the file itself"
	}
}

// A disk takes its time.
func (l *Log) settle(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for range l.lengths {
		l.last.file.Sync() // want "`settle` holds `Log.mu` .* waits? as long\.$"
	}
}

// The block has a lock of its own for that.
func (l *Log) flush(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for range l.lengths {
		l.last.sync()
	}
}

func (b *Block) sync() { b.file.Sync() }

func (l *Log) count(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.WriteHeader(len(l.lengths))
}

// Drawings have no file of their own.
type Drawings struct {
	mu    sync.Mutex
	drawn map[string]int
}

func serveDrawings(d *Drawings) {
	http.HandleFunc("/clear", d.clear)
	http.HandleFunc("/drawn", d.count)
	http.HandleFunc("/redraw", d.Reset)
	http.HandleFunc("/configure", d.UpdateConfig)
	http.HandleFunc("/twice", d.twice)
}

func (d *Drawings) clear(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name := range d.drawn {
		os.WriteFile(name, nil, 0o600) // want "`clear` holds `Drawings.mu` .* waits? as long\.$"
	}
}

func (d *Drawings) count(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w.WriteHeader(len(d.drawn))
}

func (d *Drawings) Reset(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name := range d.drawn {
		os.WriteFile(name, nil, 0o600) // want-info "`Reset` holds `Drawings.mu` .* It runs when something is reset, repaired or configured anew, which is seldom\.$"
	}
}

func (d *Drawings) UpdateConfig(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name := range d.drawn {
		os.WriteFile(name, nil, 0o600)
	}
}

// The lock is the one that was taken last.
func (d *Drawings) twice(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	os.ReadFile("drawn") // want-step "^at another time reads or writes files"
	d.mu.Unlock()
	d.mu.Lock() // want-step "^takes `Drawings.mu`$"
	defer d.mu.Unlock()
	http.Get("https://example.com/drawings") // want "`twice` holds `Drawings.mu` while it goes to the network"
}

func (l *Log) Length(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lengths[name]
}

func (d *Drawings) Drawn(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drawn[name]
}

// Where a link leads is known from the folders.
type Links struct {
	mu    sync.Mutex
	links map[string]string
}

func (l *Links) Link(name string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.links[name]
}

func (l *Links) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.links)
}

func (l *Links) Follow(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.links {
		l.links[name], _ = filepath.EvalSymlinks(name) // want-info "`Follow` holds `Links.mu` while it reads or writes files"
	}
}

func serveLinks(l *Links) { http.HandleFunc("/links", l.Follow) }
