package harbour

import (
	"encoding/json"
	"net/http"
)

type Move struct {
	Kind string
	Who  string
}

type moveFunc func(who string)

type Harbour struct {
	moves   map[string]moveFunc
	drills  map[string]moveFunc
	log     []string
	drilled []string
	guided  []string
}

func NewHarbour() *Harbour {
	h := &Harbour{drills: map[string]moveFunc{}}
	h.moves = map[string]moveFunc{"berth": h.berth}
	h.drills["fire"] = h.fire
	h.learn("tow", h.tow)
	return h
}

// learn adds a move.
func (h *Harbour) learn(name string, move moveFunc) { h.moves[name] = move }

func (h *Harbour) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var move Move
	if json.NewDecoder(r.Body).Decode(&move) != nil {
		return
	}
	run, ok := h.moves[move.Kind]
	if !ok {
		http.NotFound(w, r)
		return
	}
	run(move.Who)
}

func (h *Harbour) berth(who string) {
	h.log = append(h.log, who) // want "`Harbour.log` only ever grows"
}

func (h *Harbour) tow(who string) {
	h.guided = append(h.guided, who) // want "`Harbour.guided` only ever grows"
}

// Nobody outside names a drill.
func (h *Harbour) fire(who string) {
	h.drilled = append(h.drilled, who)
}

func (h *Harbour) Drill(name string) { h.drills[name]("watch") }
