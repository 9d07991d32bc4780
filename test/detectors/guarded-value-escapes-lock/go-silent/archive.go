package archive

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
)

type Box struct {
	Label string
	Files map[string]int
}

type Archive struct {
	mu      sync.Mutex
	boxes   map[string]*Box
	index   map[string]int
	shelves []string
	batch   []string
	current map[string]int
	title   string
	origin  Box
}

func (a *Archive) Put(label, file string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.boxes[label] = &Box{Label: label}
	a.boxes[label].Files[file]++
	a.index[label]++
	a.shelves[0] = label
	a.batch = append(a.batch, file)
	a.title = label
	a.origin.Files = nil
	a.origin.Label = label
}

// Replaced as a whole, never changed.
func (a *Archive) Reload(fresh map[string]int) {
	a.mu.Lock()
	a.current = fresh
	a.mu.Unlock()
}

func (a *Archive) Current() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.current
}

func (a *Archive) Index() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return maps.Clone(a.index)
}

func (a *Archive) Shelves() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.shelves...)
}

func (a *Archive) Sorted() []string {
	a.mu.Lock()
	shelves := slices.Clone(a.shelves)
	a.mu.Unlock()
	for _, shelf := range shelves {
		println(shelf)
	}
	return shelves
}

// The batch is taken over: nobody else has it any more.
func (a *Archive) Flush() []string {
	a.mu.Lock()
	batch := a.batch
	a.batch = nil
	a.mu.Unlock()
	for _, file := range batch {
		println(file)
	}
	return batch
}

// Appending leaves what others have as it is.
func (a *Archive) Batch() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.batch
}

func (a *Archive) Title() string {
	a.mu.Lock()
	title := a.title
	a.mu.Unlock()
	return title
}

func (a *Archive) First() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.origin.Label + a.origin.Label
}

func (a *Archive) Second() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.origin.Label == a.title
}

// A struct that is assigned is copied.
func (a *Archive) Origin() string {
	a.mu.Lock()
	origin := a.origin
	box := *a.boxes["first"]
	a.mu.Unlock()
	return origin.Label + box.Label
}

// A label is written once, before the box is known.
func (a *Archive) Label(label string) string {
	a.mu.Lock()
	box := a.boxes[label]
	a.mu.Unlock()
	return box.Label
}

func (a *Archive) Encode(label string) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	box := a.boxes[label]
	return json.Marshal(box.Files)
}

// All who call it hold the lock.
func (a *Archive) files(label string) map[string]int {
	return a.boxes[label].Files
}

func (a *Archive) Count(label string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.files(label))
}
