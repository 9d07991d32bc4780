package quarry

import (
	"net/http"
	"os"
	"time"
)

// The row is the least of what is done for each, now and then.
func (q *Quarry) crush() {
	for range time.Tick(2 * time.Hour) {
		for _, stone := range q.stones {
			os.Remove(stone.File)
			q.db.Exec("UPDATE stones SET crushed = true WHERE id = $1", stone.ID) // want-info "What else is done for each of them takes longer: `os.Remove`\.$"
		}
		for _, owner := range q.owners {
			http.Get("http://registry/owners/" + owner) // want-info "Nobody waits for it\.$"
		}
	}
}

func (q *Quarry) crushAlways() {
	for range time.Tick(time.Second) {
		for _, stone := range q.stones {
			os.Remove(stone.File)
			q.db.Exec("UPDATE stones SET crushed = true WHERE id = $1", stone.ID) // want "1 UPDATE on `stones`\.$"
		}
	}
}
