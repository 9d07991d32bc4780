package quarry

import (
	"net/http"
	"os"
	"time"
)

func (q *Quarry) crush() {
	for range time.Tick(2 * time.Hour) {
		for _, stone := range q.stones {
			os.Remove(stone.File)
			q.db.Exec("UPDATE stones SET crushed = true WHERE id = $1", stone.ID) // want-info "every 2 h .* Nobody waits for what a clock runs so seldom\.$"
		}
		for _, owner := range q.owners {
			http.Get("http://registry/owners/" + owner) // want-info "Nobody waits for what a clock runs so seldom\.$"
		}
	}
}

func (q *Quarry) crushAlways() {
	for range time.Tick(time.Second) {
		for _, stone := range q.stones {
			os.Remove(stone.File)
			q.db.Exec("UPDATE stones SET crushed = true WHERE id = $1", stone.ID) // want "every 1 s × each of `q.stones` × 1 UPDATE on `stones`\.$"
		}
	}
}
