package ferry

import (
	"database/sql"
	"net/http"
	"sync"
)

// Landing keeps what it has read of its boats.
type Landing struct {
	db *sql.DB

	// boatsMu guards boats. Where it is acquired at the same time as the lock of the database, it comes first.
	boatsMu sync.RWMutex
	boats   map[string]int

	// crewMu guards crew.
	crewMu sync.Mutex
	crew   map[string]int
}

func serveLanding(l *Landing) {
	http.HandleFunc("/boats", l.countBoats)
	http.HandleFunc("/free", l.freeBoats)
	http.HandleFunc("/crew", l.countCrew)
	http.HandleFunc("/names", l.nameCrew)
}

func (l *Landing) countBoats(w http.ResponseWriter, r *http.Request) {
	l.boatsMu.Lock()
	defer l.boatsMu.Unlock()
	l.boats["asked"]++
}

func (l *Landing) freeBoats(w http.ResponseWriter, r *http.Request) {
	l.boatsMu.Lock()
	defer l.boatsMu.Unlock()
	l.boats["free"]++
}

func (l *Landing) countCrew(w http.ResponseWriter, r *http.Request) {
	l.crewMu.Lock()
	defer l.crewMu.Unlock()
	l.crew["asked"]++
}

func (l *Landing) nameCrew(w http.ResponseWriter, r *http.Request) {
	l.crewMu.Lock()
	defer l.crewMu.Unlock()
	l.crew["named"]++
}

// What is kept changes together with the database.
func (l *Landing) MarkBoat(name string) {
	l.boatsMu.Lock()
	defer l.boatsMu.Unlock()
	delete(l.boats, name)
	l.db.Exec("UPDATE boats SET marked = true WHERE name = ?", name) // want-info "`MarkBoat` holds `Landing.boatsMu` .* A comment says that the lock is taken before that of what it waits for\.$"
}

// Who only asks need not hold up those who find what is there.
func (l *Landing) HasBoat(name string) bool {
	l.boatsMu.Lock()
	defer l.boatsMu.Unlock()
	if _, ok := l.boats[name]; ok {
		return true
	}
	row := l.db.QueryRow("SELECT count(*) FROM boats WHERE name = ?", name) // want "`HasBoat` holds `Landing.boatsMu`"
	return row != nil
}

func (l *Landing) MarkCrew(name string) {
	l.crewMu.Lock()
	defer l.crewMu.Unlock()
	delete(l.crew, name)
	l.db.Exec("UPDATE crew SET marked = true WHERE name = ?", name) // want "`MarkCrew` holds `Landing.crewMu`"
}
