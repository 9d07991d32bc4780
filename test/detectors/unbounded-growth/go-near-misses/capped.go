package library

import "net/http"

// readers has a cap on each of its elements, waiting loses from the front, holds gives back single ones, shown keeps
// the last few.
type desk struct {
	readers map[string][]string
	waiting map[string][]string
	holds   map[string][]string
	shown   map[string][]string
}

var front = &desk{}

func openDesk() {
	http.HandleFunc("/desk", front.serve)
}

func (d *desk) serve(w http.ResponseWriter, r *http.Request) {
	room := r.FormValue("room")
	name := r.FormValue("name")
	if len(d.readers[room]) >= 20 {
		return
	}
	d.readers[room] = append(d.readers[room], name)
	d.waiting[room] = append(d.waiting[room], name)
	d.holds[room] = append(d.holds[room], name)
	d.show(room, name)
}

func (d *desk) next(room string) {
	d.waiting[room] = d.waiting[room][1:]
}

func (d *desk) giveBack(room string, i int) {
	d.holds[room] = append(d.holds[room][:i], d.holds[room][i+1:]...)
}

func (d *desk) show(room, name string) {
	last := append(d.shown[room], name)
	if len(last) > 5 {
		last = last[len(last)-5:]
	}
	d.shown[room] = last
}
