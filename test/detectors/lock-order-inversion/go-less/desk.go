package railway

import "sync"

// Desk has one goroutine that answers all letters.
type Desk struct {
	letters sync.Mutex
	stamps  sync.Mutex
	in      chan string
	open    int
	used    int
}

func (d *Desk) Serve() {
	go d.answer()
}

func (d *Desk) answer() {
	for letter := range d.in {
		if letter == "" {
			d.drop()
			continue
		}
		d.send()
	}
}

func (d *Desk) send() {
	d.letters.Lock()
	defer d.letters.Unlock()
	d.open++
	d.stamps.Lock()
	d.used++
	d.stamps.Unlock()
}

func (d *Desk) drop() {
	d.stamps.Lock()
	defer d.stamps.Unlock()
	d.used--
	d.letters.Lock() // want-info "All of them seem to run on one thread."
	d.open--
	d.letters.Unlock()
}

// Till is counted by its goroutine and by whoever comes.
type Till struct {
	notes sync.Mutex
	coins sync.Mutex
	in    chan string
	open  int
	used  int
}

func (t *Till) Serve() {
	go t.answer()
}

func (t *Till) answer() {
	for range t.in {
		t.change()
	}
}

func (t *Till) change() {
	t.notes.Lock()
	defer t.notes.Unlock()
	t.coins.Lock()
	t.used++
	t.coins.Unlock()
}

func (t *Till) Count() int {
	t.coins.Lock()
	defer t.coins.Unlock()
	t.notes.Lock() // want "takes `Till.notes` while it holds `Till.coins`"
	defer t.notes.Unlock()
	return t.open + t.used
}
