package quarry

import (
	"net/http"
	"time"
)

// Each is asked at an address of its own.
func (q *Quarry) watch() {
	for range time.Tick(time.Minute) {
		for _, addr := range q.addresses {
			http.Get("http://" + addr + "/state") // want-info "Each of them is asked at a place of its own\.$"
		}
		for _, owner := range q.owners {
			http.Get("http://registry/owners/" + owner) // want "every 1 min × each of `q.owners` × 1 call of `http.Get`\.$"
		}
	}
}

func (q *Quarry) sell(owner string) {
	q.owners = append(q.owners, owner)
}
