package weir

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"time"
)

type Weir struct {
	db    *sql.DB
	gates []string
}

// A function that is handed over runs once for each.
func each(ids []int, run func(int)) {
	for _, id := range ids {
		run(id)
	}
}

// A function that is handed over runs once.
func timed(ids []int, run func([]int)) {
	began := time.Now()
	run(ids)
	_ = time.Since(began)
}

func (w *Weir) forEachGate(run func(string)) {
	for _, gate := range w.gates {
		run(gate)
	}
}

func (w *Weir) fit(name string) {
	w.gates = append(w.gates, name)
}

func (w *Weir) lower(id int) {
	w.db.Exec("UPDATE gates SET level = 0 WHERE id = $1", id)
}

func (w *Weir) close(rw http.ResponseWriter, r *http.Request) {
	var ids []int
	json.NewDecoder(r.Body).Decode(&ids)
	each(ids, func(id int) { w.lower(id) }) // want-info "Somebody changes something with it, and does so now and then\.$"
}

func (w *Weir) open(rw http.ResponseWriter, r *http.Request) {
	var ids []int
	json.NewDecoder(r.Body).Decode(&ids)
	timed(ids, func(ids []int) { w.db.Exec("UPDATE gates SET level = 1 WHERE id = ANY($1)", ids) })
}

func (w *Weir) run() {
	for range time.Tick(5 * time.Second) {
		w.forEachGate(func(gate string) {
			w.db.Exec("UPDATE gates SET seen = now() WHERE name = $1", gate) // want "every 5 s × each of .w.gates. × 1 UPDATE on .gates.\.$"
		})
	}
}

func Serve(db *sql.DB) {
	w := &Weir{db: db}
	http.HandleFunc("/close", w.close)
	http.HandleFunc("/open", w.open)
	http.HandleFunc("/fit", func(rw http.ResponseWriter, r *http.Request) { w.fit(r.FormValue("name")) })
	go w.run()
}
