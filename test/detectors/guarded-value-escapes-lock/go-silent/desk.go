package archive

import "sync"

// Nobody else changes it.
type Desk struct {
	mu    sync.Mutex
	notes map[string]int
}

func (d *Desk) Note() int {
	d.mu.Lock()
	notes := d.notes
	d.notes["today"]++
	d.mu.Unlock()
	return len(notes)
}

func (d *Desk) Today() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.notes["today"]
}

// It is changed, but never under the lock.
type Board struct {
	mu    sync.Mutex
	cards map[string]int
}

func (b *Board) Pin(card string) {
	b.cards[card]++
}

func (b *Board) Show() int {
	b.mu.Lock()
	cards := b.cards
	b.mu.Unlock()
	return len(cards)
}

func (b *Board) Has(card string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cards[card] > 0
}

// Who has the old one keeps it.
type Roster struct {
	mu    sync.Mutex
	names map[string]int
}

func (r *Roster) Renew(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = map[string]int{}
	r.names[name] = 1
}

func (r *Roster) Size() int {
	r.mu.Lock()
	names := r.names
	r.mu.Unlock()
	return len(names)
}

type Place struct{ Floor, Room, Shelf int }

var (
	rooms   [][][]Reader
	roomsMu sync.Mutex
)

type Reader interface{ Read() string }

// An element, and not the list it is in.
func readerAt(place Place) Reader {
	roomsMu.Lock()
	defer roomsMu.Unlock()
	if len(rooms) == 0 {
		return nil
	}
	return rooms[place.Floor][place.Room][place.Shelf]
}

func seat(floor, room, shelf int, reader Reader) {
	roomsMu.Lock()
	defer roomsMu.Unlock()
	rooms[floor][room][shelf] = reader
}
