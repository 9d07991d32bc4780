package harbour

import "sync"

var (
	pilotsMu sync.Mutex
	pilots   = map[string]int{}
)

func hirePilot(name string) {
	pilotsMu.Lock()
	defer pilotsMu.Unlock()
	pilots[name]++
}

func firePilot(name string) {
	pilotsMu.Lock()
	defer pilotsMu.Unlock()
	delete(pilots, name)
}

func Pilots(name string) int {
	return pilots[name] // want "`Pilots` reads `harbour.pilots`|`pilots`"
}

// Tugs embeds its lock.
type Tugs struct {
	sync.Mutex
	idle []string
}

func (t *Tugs) Take() string {
	t.Lock()
	defer t.Unlock()
	tug := t.idle[0]
	t.idle = t.idle[1:]
	return tug
}

func (t *Tugs) Give(tug string) {
	t.Lock()
	defer t.Unlock()
	t.idle = append(t.idle, tug)
}

func (t *Tugs) Idle() int {
	return len(t.idle) // want "`Idle` reads `Tugs.idle` without `Tugs`"
}
