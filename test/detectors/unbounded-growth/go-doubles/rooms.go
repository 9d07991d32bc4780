package watch

import (
	"net/http"
	"sync"

	"github.com/gorilla/mux"
)

type Rooms struct {
	mu    sync.Mutex
	locks map[string]int
}

func NewRooms() *Rooms { return &Rooms{locks: map[string]int{}} }

// The name of the room goes through two functions.
func (r *Rooms) lock(room string) {
	r.locks[room] = 1 // want "`Rooms.locks` only ever grows: .* as they like\.$"
}

func (r *Rooms) enter(room string) {
	r.lock(room)
}

func (r *Rooms) visit(w http.ResponseWriter, request *http.Request) {
	room := mux.Vars(request)["room"]
	r.enter(room)
}

func rooms(router *mux.Router) {
	router.HandleFunc("/rooms/{room}", NewRooms().visit)
}
