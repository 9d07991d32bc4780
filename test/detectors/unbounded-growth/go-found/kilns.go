package kilns

import (
	"database/sql"
	"net/http"
	"strconv"
	"sync"
)

type Kilns struct {
	db *sql.DB

	mu     sync.Mutex
	found  map[string]string
	parsed map[string]int
}

func (k *Kilns) load(name string) (string, error) {
	var maker string
	err := k.db.QueryRow("SELECT maker FROM kilns WHERE name = ?", name).Scan(&maker)
	return maker, err
}

func (k *Kilns) show(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	maker, err := k.load(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.found[name] = maker // want-info "It is kept only where something was found by the same key before"
}

// That a number can be read says nothing about how many there are.
func (k *Kilns) heat(w http.ResponseWriter, r *http.Request) {
	degrees := r.FormValue("degrees")
	number, err := strconv.Atoi(degrees)
	if err != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.parsed[degrees] = number // want "whoever asks can add as many as they like"
}

func Routes(k *Kilns) {
	http.HandleFunc("/kilns", k.show)
	http.HandleFunc("/heat", k.heat)
}
