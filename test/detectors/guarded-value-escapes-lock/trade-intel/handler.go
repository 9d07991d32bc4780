package trade

import (
	"encoding/json"
	"net/http"
	"sync"
)

type Intel struct {
	Faction  string
	Stations map[string]int
}

type Exchange struct {
	mu     sync.RWMutex
	intels map[string]*Intel
}

// The outage: the lock is released, and the map that is encoded is still written.
func (e *Exchange) HandleIntel(w http.ResponseWriter, r *http.Request) {
	e.mu.RLock()
	intel, ok := e.intels[r.URL.Query().Get("faction")] // want-step "gets the value while it holds `Exchange.mu`"
	e.mu.RUnlock()
	if !ok {
		return
	}
	data, err := json.Marshal(intel.Stations) // want "`HandleIntel` serialises `Intel.Stations` after it has released `Exchange.mu`, while `Report`" want-step "uses `Intel.Stations`"
	if err != nil {
		return
	}
	w.Write(data)
}

func (e *Exchange) Report(faction, station string, price int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	intel := e.intels[faction]
	if intel == nil {
		intel = &Intel{Stations: map[string]int{}}
		e.intels[faction] = intel
	}
	e.intels[faction].Stations[station] = price // want-step "changes `Intel.Stations` while it holds"
}

func (e *Exchange) Forget(faction, station string) {
	e.mu.Lock()
	delete(e.intels[faction].Stations, station)
	e.mu.Unlock()
}

// The fix: the map is copied under the lock.
func (e *Exchange) HandleFixed(w http.ResponseWriter, faction string) {
	e.mu.RLock()
	stations := make(map[string]int)
	for name, price := range e.intels[faction].Stations {
		stations[name] = price
	}
	e.mu.RUnlock()
	data, _ := json.Marshal(stations)
	w.Write(data)
}
