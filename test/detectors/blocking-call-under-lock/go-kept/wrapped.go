package almanac

import (
	"database/sql"
	"net/http"
	"sync"
)

// Log is locked by a helper that gives what unlocks it.
type Log struct {
	mu    sync.Mutex
	lines []string
	db    *sql.DB
}

func (l *Log) lock() func() {
	l.mu.Lock()
	return l.mu.Unlock
}

func (l *Log) Add(w http.ResponseWriter, r *http.Request) {
	defer l.lock()()
	l.lines = append(l.lines, r.FormValue("line"))
	l.db.Exec("INSERT INTO lines (line) VALUES ($1)", r.FormValue("line")) // want "`Add` holds `Log.mu` while it goes to the database"
}

func (l *Log) Count(w http.ResponseWriter, r *http.Request) {
	unlock := l.lock()
	count := len(l.lines)
	unlock()
	l.db.Exec("UPDATE counts SET n = $1", count)
}

func (l *Log) Last(w http.ResponseWriter, r *http.Request) {
	defer l.lock()()
	w.WriteHeader(len(l.lines))
}

func (l *Log) all(steps ...func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, step := range steps {
		step()
	}
}

func (l *Log) Send(w http.ResponseWriter, r *http.Request) {
	l.all(func() { l.lines = nil }, func() {
		http.Get("http://tower/log") // want "holds `Log.mu` while it goes to the network"
	})
}

func Routes(log *Log) {
	http.HandleFunc("/add", log.Add)
	http.HandleFunc("/count", log.Count)
	http.HandleFunc("/last", log.Last)
	http.HandleFunc("/send", log.Send)
}
