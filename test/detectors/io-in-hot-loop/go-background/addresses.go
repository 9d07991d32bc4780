package quarry

import (
	"net/http"
	"time"
)

// Each is asked at an address of its own.
func (q *Quarry) watch() {
	for range time.Tick(time.Minute) {
		for _, addr := range q.addresses {
			http.Get("http://" + addr + "/state") // want-info "They are as many as were given when it was made: nothing adds to them\.$"
		}
		for _, owner := range q.owners {
			http.Get("http://registry/owners/" + owner) // want-info "Whether another service takes many at once is not known\.$"
		}
	}
}

func (q *Quarry) sell(owner string) {
	q.owners = append(q.owners, owner)
}
