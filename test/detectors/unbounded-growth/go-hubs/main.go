package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
)

var hub = &Hub{named: map[int]Listener{}}

type Diary struct {
	mu     sync.Mutex
	lines  []string
	latest []string
}

func (d *Diary) write(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line) // want "`Diary.lines` only ever grows"
	d.latest = append(d.latest, line)
	if len(d.latest) > 20 {
		d.latest = d.latest[1:]
	}
}

func (d *Diary) read() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.lines, "\n")
}

// Of this one each request has its own.
type Draft struct {
	mu    sync.Mutex
	parts []string
}

func (d *Draft) add(part string) {
	d.mu.Lock()
	d.parts = append(d.parts, part)
	d.mu.Unlock()
}

func news(w http.ResponseWriter, r *http.Request) {
	hub.Subscribe(func(line string) { fmt.Fprint(w, line) })
	leave := hub.Attach(func(line string) { fmt.Fprint(w, line) })
	defer leave()
	<-r.Context().Done()
}

func logged(d *Diary, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		d.write(r.URL.Path)
		next(w, r)
	}
}

func main() {
	diary := &Diary{}
	http.HandleFunc("/news", logged(diary, news))
	http.HandleFunc("/diary", func(w http.ResponseWriter, r *http.Request) {
		draft := &Draft{}
		draft.add(diary.read())
		fmt.Fprint(w, draft.parts)
	})
	http.ListenAndServe(":80", nil)
}
