package mill

import (
	"context"
	"encoding/json"
	"sync"
)

// Tally is counted by many at a time.
type Tally struct {
	mu    sync.Mutex
	sacks map[string]int
}

func (t *Tally) Put(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sacks[name]++
}

func (t *Tally) Drop(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.sacks, name)
}

func (t *Tally) Of(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sacks[name]
}

// How much room is needed is only guessed.
func (t *Tally) Names() []string {
	names := make([]string, 0, len(t.sacks)) // want-info "`Names` reads `Tally.sacks` .* It only asks how long it is"
	t.mu.Lock()
	for name := range t.sacks {
		names = append(names, name)
	}
	t.mu.Unlock()
	return names
}

// Prices are asked for all the time.
type Prices struct {
	mu     sync.Mutex
	byName map[string]int
	fetch  func(context.Context) map[string]int
}

func (p *Prices) Of(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.byName[name]
}

func (p *Prices) All() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make(map[string]int)
	for name, price := range p.byName {
		all[name] = price
	}
	return all
}

func (p *Prices) set(name string, price int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if price == 0 {
		delete(p.byName, name)
		return
	}
	p.byName[name] = price
}

// Nobody else sets prices.
func (p *Prices) Refresh(ctx context.Context) {
	now := p.fetch(ctx)
	for name := range p.byName { // want-info "`Refresh` reads `Prices.byName` .* on the same thread"
		p.set(name, now[name])
	}
}

// Orders are set by whoever wants something.
type Orders struct {
	mu     sync.Mutex
	byName map[string]int
}

func (o *Orders) Of(name string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.byName[name]
}

func (o *Orders) All() map[string]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := make(map[string]int)
	for name, sacks := range o.byName {
		all[name] = sacks
	}
	return all
}

func (o *Orders) set(name string, sacks int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.byName[name] = sacks
}

func (o *Orders) Order(name string) { o.set(name, 1) }

func (o *Orders) Reset() {
	for name := range o.byName { // want "`Reset` reads `Orders.byName` .* the process ends"
		o.set(name, 0)
	}
}

// Recipe is kept as text.
type Recipe struct {
	mu    sync.Mutex
	flour int
}

func (r *Recipe) Add(flour int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flour += flour
}

func (r *Recipe) Scale(by int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flour *= by
}

func (r *Recipe) Flour() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.flour
}

func (r *Recipe) UnmarshalJSON(text []byte) error {
	var flour int
	err := json.Unmarshal(text, &flour)
	r.flour = flour // want-info "`UnmarshalJSON` writes `Recipe.flour` .* mostly one that is new"
	return err
}

func (r *Recipe) Correct(flour int) {
	log("corrected")
	r.flour = flour // want "`Correct` writes `Recipe.flour`"
}

func log(string) {}
