package ledger

import (
	"database/sql"
	"net/http"
	"sync"
)

// Ledger goes on until something fails.
type Ledger struct {
	mu             sync.Mutex
	db             *sql.DB
	err            error
	sums           map[string]int
	addedForTests  chan string
	startedForTest chan string
}

// What failed once is not tried again; all else is done for each request.
func (l *Ledger) Add(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return
	}
	_, l.err = l.db.Exec("INSERT INTO sums (name) VALUES ($1)", r.URL.Path) // want "`Add` holds `Ledger.mu` while it goes to the database \(`insert sums`\): \d+ other functions that need the lock, such as `\w+`, wait as long\.$"
	l.sums[r.URL.Path]++
}

func (l *Ledger) Note(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[r.URL.Path]--
	if l.addedForTests != nil {
		l.addedForTests <- r.URL.Path
	}
	if l.startedForTest != nil {
		l.startedForTest <- r.URL.Path
	}
}

func (l *Ledger) Sum(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.WriteHeader(l.sums[r.URL.Path])
}

func (l *Ledger) Count(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.WriteHeader(len(l.sums))
}

func main() {
	l := &Ledger{sums: map[string]int{}}
	http.HandleFunc("/add", l.Add)
	http.HandleFunc("/note", l.Note)
	http.HandleFunc("/sum", l.Sum)
	http.HandleFunc("/count", l.Count)
	http.ListenAndServe(":8080", nil)
}
