package harbour

import "sync"

var pilotsMu sync.Mutex
var tugsMu sync.RWMutex
var pilots, tugs []string

func Hire(name string) {
	pilotsMu.Lock()
	defer pilotsMu.Unlock()
	tugsMu.RLock()
	defer tugsMu.RUnlock()
	if len(tugs) > len(pilots) {
		pilots = append(pilots, name)
	}
}

func Launch(tug string) {
	tugsMu.Lock()
	defer tugsMu.Unlock()
	if pilotCount() > 0 { // want "takes `.*pilotsMu` while it holds `.*tugsMu`"
		tugs = append(tugs, tug)
	}
}

func pilotCount() int {
	pilotsMu.Lock()
	defer pilotsMu.Unlock()
	return len(pilots)
}

// Three in a circle.
type Berths struct{ mu sync.Mutex }
type Crews struct{ mu sync.Mutex }
type Loads struct{ mu sync.Mutex }

type Office struct {
	berths *Berths
	crews  *Crews
	loads  *Loads
}

func (o *Office) Assign() {
	o.berths.mu.Lock()
	o.crews.mu.Lock()
	o.crews.mu.Unlock()
	o.berths.mu.Unlock()
}

func (o *Office) Rest() {
	o.crews.mu.Lock()
	o.loads.mu.Lock()
	o.loads.mu.Unlock()
	o.crews.mu.Unlock()
}

func (o *Office) Unload() {
	o.loads.mu.Lock()
	o.berths.mu.Lock() // want "`Unload` takes `Berths\.mu` while it holds `Loads\.mu`, and `Assign` takes `Crews\.mu` while it holds `Berths\.mu`, and `Rest` takes .*When all of them run at once"
	o.berths.mu.Unlock()
	o.loads.mu.Unlock()
}
