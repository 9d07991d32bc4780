package quay

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Picked struct{ IDs []string }

type Bollards struct{ db *sql.DB }

func (b *Bollards) Paint(id string) error {
	_, err := b.db.Exec("UPDATE bollards SET painted = now() WHERE id = $1", id)
	return err
}

type Painter struct{ bollards *Bollards }

func (d *Painter) routes() {
	http.HandleFunc("POST /batch", d.batch)
	http.HandleFunc("POST /batch/strict", d.batchStrict)
}

// Whoever asks is told of each by itself.
func (d *Painter) batch(w http.ResponseWriter, r *http.Request) {
	var picked Picked
	json.NewDecoder(r.Body).Decode(&picked)
	failed := []string{}
	for _, id := range picked.IDs {
		if err := d.bollards.Paint(id); err != nil { // want-info "Somebody changes something with it, and does so now and then\.$"
			failed = append(failed, id)
		}
	}
	json.NewEncoder(w).Encode(failed)
}

// The first that fails ends it.
func (d *Painter) batchStrict(w http.ResponseWriter, r *http.Request) {
	var picked Picked
	json.NewDecoder(r.Body).Decode(&picked)
	for _, id := range picked.IDs {
		if err := d.bollards.Paint(id); err != nil { // want-info "Somebody changes something with it, and does so now and then\.$"
			return
		}
	}
}
