package quay

import (
	"net/http"
	"sync"
)

type Teller interface{ Tell(ship string) }

type Quay struct {
	mu    sync.Mutex
	calls map[string]int
	tell  Teller
}

func NewQuay(tell Teller) *Quay { return &Quay{calls: map[string]int{}, tell: tell} }

func (q *Quay) routes() {
	http.HandleFunc("/moor", q.moor)
}

func (q *Quay) moor(w http.ResponseWriter, r *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.calls[r.FormValue("ship")]++ // want "`Quay.calls` only ever grows: .* as they like\.$"
	q.tell.Tell(r.FormValue("ship"))
}
