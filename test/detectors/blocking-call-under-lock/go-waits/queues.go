package postroom

import (
	"context"
	"fmt"
	"net/http"
	"sync"
)

// Line lets people wait on a condition, and for their own time to be over.
type Line struct {
	mu     sync.Mutex
	more   until
	parcel chan string
	sent   int
}

type until struct {
	*sync.Cond
}

func (u until) Wait(ctx context.Context) {
	woken := make(chan struct{})
	go func() {
		u.Cond.Wait()
		close(woken)
	}()
	<-woken
}

func serveLine(l *Line) {
	http.HandleFunc("/next", l.next)
	http.HandleFunc("/take", l.take)
	http.HandleFunc("/want", l.want)
	http.HandleFunc("/sent", l.count)
	http.HandleFunc("/empty", l.empty)
}

func (l *Line) next(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.sent == 0 {
		l.more.Wait(r.Context())
	}
	l.sent--
}

// There is something in the channel.
func (l *Line) take(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.parcel) > 0 {
		fmt.Fprintln(w, <-l.parcel)
	}
}

func (l *Line) want(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent > 0 {
		fmt.Fprintln(w, <-l.parcel) // want-info "`want` holds `Line.mu` while it waits for the channel .* work of the program itself"
	}
}

func (l *Line) count(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(w, l.sent)
}

type reader struct {
	lines chan []string
}

// Journal is read by those who bring their own channel.
type Journal struct {
	mu      sync.Mutex
	readers map[*reader]bool
	entries []string
	printer *reader
}

func (j *Journal) Follow(lines chan []string) {
	one := &reader{lines: lines}
	j.mu.Lock()
	defer j.mu.Unlock()
	one.lines <- j.entries // want-info "`Follow` holds `Journal.mu` .* The channel was handed in by somebody who reads from it\.$"
	j.readers[one] = true
}

// Whoever gave the printer its channel is not here.
func (j *Journal) Print() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.printer.lines <- j.entries // want "`Print` holds `Journal.mu` while it sends to the channel .* waits? as long\.$"
}

func (j *Journal) Length() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.entries)
}

func (l *Line) empty(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(w, l.sent == 0)
}

func (j *Journal) Last() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.entries[len(j.entries)-1]
}
