package shelter

import "sync"

// Draft is only changed by who has made a copy of it.
type Draft struct {
	mu    sync.Mutex
	words map[string]int
}

func (d *Draft) Clone() *Draft {
	d.mu.Lock()
	defer d.mu.Unlock()
	words := map[string]int{}
	for word, n := range d.words {
		words[word] = n
	}
	return &Draft{words: words}
}

func (d *Draft) Count(word string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.words[word]
}

func (d *Draft) Add(word string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.words[word]++
}

func (d *Draft) strike(word string) {
	delete(d.words, word)
}

type Press struct{ draft *Draft }

func (p *Press) Strike(word string) {
	changed := p.draft.Clone()
	changed.strike(word)
	changed.Add(word)
	p.draft = changed
}

func (p *Press) Put(word string) {
	p.draft.Add(word)
}

// Form is checked before it is put to use.
type Form struct {
	fields []*Line
}

// Line keeps what it has found.
type Line struct {
	mu    sync.Mutex
	found map[string]int
}

func (l *Line) Note(word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.found[word]++
}

func (l *Line) Forget(word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.found, word)
}

func (l *Line) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.found)
}

func (l *Line) prove(word string) {
	l.found[word] = 0
}

func (f *Form) Prove(word string) {
	for _, line := range f.fields {
		line.prove(word)
	}
}

func NewForm() *Form {
	return &Form{}
}

func IsForm(word string) bool {
	form := NewForm()
	form.Prove(word)
	return true
}
