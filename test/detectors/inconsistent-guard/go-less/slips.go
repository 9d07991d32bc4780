package mill

import (
	"encoding/json"
	"sync"
)

// Slip is read in and copied under its lock, and never changed afterwards.
type Slip struct {
	mu   sync.Mutex
	kind string
	loft *Loft
}

func (s *Slip) UnmarshalJSON(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Unmarshal(b, &s.kind)
}

func (s *Slip) CopyTo(other *Slip) {
	other.mu.Lock()
	defer other.mu.Unlock()
	other.kind = s.kind
}

func (s *Slip) Kind() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kind
}

func (s *Slip) Print() {
	println(s.kind) // want-info "`Print` reads `Slip.kind` .* only written where an object is read in or copied"
}

// Loft is filled by a few; as many do not care for the lock.
type Loft struct {
	mu    sync.Mutex
	boxes map[string]int
	rows  map[string]int
}

func (l *Loft) Fill(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.boxes[name]++
}

func (l *Loft) Drop(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.boxes, name)
}

func (l *Loft) Boxes() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.boxes)
}

func (l *Loft) Find(name string) int {
	return l.boxes[name] // want-info "`Find` reads `Loft.boxes` .* Several do"
}

func (l *Loft) Show() {
	for name := range l.boxes { // want-info "`Show` reads `Loft.boxes` .* Several do"
		println(name)
	}
}

func (l *Loft) Sort() {
	l.rows = make(map[string]int) // want-info "`Sort` changes `Loft.rows` .* The function begins with it"
	l.place("oats")
	l.place("rye")
}

func (l *Loft) place(kind string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[kind]++
}

func (l *Loft) take(kind string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[kind]--
}

func (l *Loft) look(kind string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rows[kind]
}

func (l *Loft) cleanUp() {
	for kind := range l.rows { // want-info "`cleanUp` reads `Loft.rows` without `Loft.mu`"
		println(kind)
	}
}

func ServeLoft(l *Loft, s *Slip) {
	l.Fill("oats")
	l.Drop("rye")
	println(l.Boxes(), l.Find("oats"), s.Kind())
	l.Show()
	l.Sort()
	l.take("rye")
	println(l.look("oats"))
	l.cleanUp()
	s.Print()
	s.CopyTo(&Slip{loft: l})
}
