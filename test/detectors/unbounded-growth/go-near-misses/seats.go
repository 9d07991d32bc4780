package library

import "net/http"

// Readers leave their seats again: what is left of a row takes its place.
type hall struct {
	seats map[string][]string
}

var north = &hall{}

func openHall() {
	http.HandleFunc("/sit", north.sit)
	http.HandleFunc("/stand", north.stand)
}

func (h *hall) sit(w http.ResponseWriter, r *http.Request) {
	row := r.FormValue("row")
	h.seats[row] = append(h.seats[row], r.FormValue("name"))
}

func (h *hall) stand(w http.ResponseWriter, r *http.Request) {
	h.removeReader(r.FormValue("row"), r.FormValue("name"))
}

func (h *hall) removeReader(row, name string) {
	others := []string{}
	for _, reader := range h.seats[row] {
		if reader != name {
			others = append(others, reader)
		}
	}
	h.seats[row] = others
}
