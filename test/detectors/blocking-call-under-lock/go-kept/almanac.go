package almanac

import (
	"database/sql"
	"net/http"
	"sort"
	"sync"
	"time"
)

// Almanac asks for what it does not know; whoever makes it says how.
type Almanac struct {
	mu    sync.Mutex
	tides map[string]int
	find  func(string) (int, error)
	now   func() time.Time
	less  func(a, b string) bool
}

func NewAlmanac(find func(string) (int, error), less func(a, b string) bool) *Almanac {
	return &Almanac{tides: map[string]int{}, find: find, now: time.Now, less: less}
}

func (a *Almanac) Tide(harbour string) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if tide, ok := a.tides[harbour]; ok {
		return tide, nil
	}
	tide, err := a.find(harbour) // want "`Tide` holds `Almanac.mu` while it goes to the database \(`select tides`\)"
	a.tides[harbour] = tide
	return tide, err
}

func (a *Almanac) Age() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now().Sub(time.Time{})
}

func (a *Almanac) Harbours() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	names := []string{}
	for name := range a.tides {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return a.less(names[i], names[j]) })
	return names
}

// Bells are rung one after another.
type Bells struct {
	mu   sync.Mutex
	rung int
	rope []func(string)
}

func (b *Bells) Tie(ring func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rope = append(b.rope, ring)
}

func (b *Bells) Rung() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

func (b *Bells) Ring(ship string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung++
	for _, ring := range b.rope {
		ring(ship) // want "`Ring` holds `Bells.mu` while it goes to the network .*`http.Get`"
	}
}

// Flags are told of by a copy of the list, outside the lock.
type Flags struct {
	mu    sync.Mutex
	count int
	seen  []func(string)
}

func (f *Flags) Watch(seen func(string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, seen)
}

func (f *Flags) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count
}

func (f *Flags) Hoist(flag string) {
	f.mu.Lock()
	f.count++
	seen := append([]func(string){}, f.seen...)
	f.mu.Unlock()
	for _, tell := range seen {
		tell(flag)
	}
}

func Serve(db *sql.DB) {
	almanac := NewAlmanac(func(harbour string) (int, error) {
		var tide int
		err := db.QueryRow("SELECT tide FROM tides WHERE harbour = $1", harbour).Scan(&tide)
		return tide, err
	}, func(a, b string) bool { return a < b })
	bells := &Bells{}
	bells.Tie(func(ship string) { http.Get("http://tower/" + ship) })
	flags := &Flags{}
	flags.Watch(func(flag string) { http.Get("http://tower/" + flag) })
	http.HandleFunc("/tide", func(w http.ResponseWriter, r *http.Request) {
		almanac.Tide(r.FormValue("harbour"))
		almanac.Age()
		almanac.Harbours()
	})
	http.HandleFunc("/ring", func(w http.ResponseWriter, r *http.Request) {
		bells.Ring(r.FormValue("ship"))
		bells.Rung()
		flags.Hoist(r.FormValue("flag"))
		flags.Count()
	})
}
