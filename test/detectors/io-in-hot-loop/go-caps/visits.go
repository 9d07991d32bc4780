package visits

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Desk struct{ db *sql.DB }

func (d *Desk) Mount() {
	http.HandleFunc("POST /close", d.close)
	http.HandleFunc("POST /drop", d.drop)
}

func (d *Desk) close(w http.ResponseWriter, r *http.Request) {
	var ids []int64
	json.NewDecoder(r.Body).Decode(&ids)
	if len(ids) > 20 {
		http.Error(w, "at most 20", http.StatusBadRequest)
		return
	}
	for _, id := range ids {
		d.db.Exec("DELETE FROM visits WHERE id = $1", id) // want-info "No more than a few are let through\.$"
	}
}

func (d *Desk) drop(w http.ResponseWriter, r *http.Request) {
	var ids []int64
	json.NewDecoder(r.Body).Decode(&ids)
	if len(ids) > 5000 {
		return
	}
	for _, id := range ids {
		d.db.Exec("DELETE FROM visits WHERE id = $1", id) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}
