package watch

import (
	"net/http"
	"sync"
)

// Watcher is told of everything that is asked.
type Watcher interface {
	Asked(name string)
}

// Keeper is made by the service.
type Keeper struct {
	mu    sync.Mutex
	names map[string]int
}

func NewKeeper() *Keeper { return &Keeper{names: map[string]int{}} }

func (k *Keeper) Asked(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.names[name]++ // want "`Keeper.names` only ever grows: .* as they like\.$"
}

// Recorder is made by tests alone, and has a lock since they run side by side.
type Recorder struct {
	mu    sync.Mutex
	times map[string]int
}

func NewRecorder() *Recorder { return &Recorder{times: map[string]int{}} }

func (r *Recorder) Asked(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.times[name]++
}

type Desk struct {
	watcher Watcher
}

func (d *Desk) ask(w http.ResponseWriter, r *http.Request) {
	d.watcher.Asked(r.FormValue("name"))
}

func main() {
	desk := &Desk{watcher: NewKeeper()}
	http.HandleFunc("/ask", desk.ask)
}

// Tally counts what was found out, under names of its own.
type Tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func NewTally() *Tally { return &Tally{counts: map[string]int{}} }

func (t *Tally) merge(found map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, count := range found {
		t.counts[name] = count // want-info "Nothing shows that whoever asks can make up new keys\.$"
	}
}

var tally = NewTally()

type Query struct{}

func (q *Query) results() map[string]int { return map[string]int{} }

func count(w http.ResponseWriter, r *http.Request) {
	query := &Query{}
	tally.merge(query.results())
}

func init() { http.HandleFunc("/count", count) }
