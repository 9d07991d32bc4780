package harbour

import "sync"

// trail is a ring of places. It is not safe for concurrent use; the owner locks.
type trail struct {
	places []string
	next   int
}

func (t *trail) add(place string) {
	t.places = append(t.places, place)
	t.next++
}

func (t *trail) size() int { return len(t.places) }

type Chart struct {
	mu    sync.Mutex
	trail trail
	seen  int
}

func (c *Chart) Sail(place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trail.add(place)
}

func (c *Chart) Drift(place string) {
	c.mu.Lock()
	c.seen++
	c.mu.Unlock()
	c.trail.add(place) // want "`Drift` calls `\(\*trail\)\.add` without holding `Chart\.mu`"
}

// buoy is not safe for concurrent use. Callers lock buoys.mu first.
type buoy struct{ lit int }

func (b *buoy) light() { b.lit++ }

type Buoys struct {
	mu  sync.Mutex
	all [4]buoy
}

func (b *Buoys) Light(i int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all[i].light()
}

func (b *Buoys) LightAll() {
	for i := range b.all {
		b.all[i].light() // want "`LightAll` calls `\(\*buoy\)\.light` without holding `Buoys\.mu`"
	}
}

// NewBuoys lights the first one before anybody has them.
func NewBuoys() *Buoys {
	b := &Buoys{}
	b.all[0].light()
	return b
}
