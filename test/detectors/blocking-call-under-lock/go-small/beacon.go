package beacon

import (
	"database/sql"
	"net"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
)

func main() {
	http.HandleFunc("/signal", signal)
	http.HandleFunc("/lamps", lamps)
	http.ListenAndServe(":8080", nil)
}

var beacon = &Beacon{lamps: map[string]int{}}

func signal(w http.ResponseWriter, r *http.Request) {
	buoy.Ping()
	beacon.Tell(r.URL.Path)
	mast.Open(r.URL.Path)
	beacon.Call(r.URL.Path)
	beacon.DeleteLamp(r.URL.Path)
	beacon.Sweep([]string{r.URL.Path})
	pier.SetLampEnabled(r.URL.Path)
	beacon.SetLampLit(r.URL.Path)
}

func lamps(w http.ResponseWriter, r *http.Request) {
	beacon.Lamp(r.URL.Path)
	beacon.Count()
	pier.Lamp(r.URL.Path)
	pier.Count()
	mast.Lamp(r.URL.Path)
	mast.Count()
	buoy.Lamp(r.URL.Path)
	buoy.Count()
}

type Beacon struct {
	mu    sync.Mutex
	lamps map[string]int
	conn  *websocket.Conn
	store *Store
}

func (b *Beacon) Lamp(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lamps[name]
}

func (b *Beacon) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.lamps)
}

func (b *Beacon) Tell(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lamps[text]++
	b.conn.WriteMessage(websocket.TextMessage, []byte(text)) // want "`Tell` holds `Beacon.mu` while it goes to the network"
}

func (b *Beacon) Call(address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lamps[address]++
	net.Dial("tcp", address) // want "`Call` holds `Beacon.mu` while it goes to the network"
}

type Store struct {
	db *sql.DB
}

func (s *Store) Delete(name string) {
	s.db.Exec("DELETE FROM lamps WHERE name = ?", name)
}

func (s *Store) Put(name string) {
	s.db.Exec("INSERT INTO lamps (name) VALUES (?)", name)
}

// Somebody has asked to be rid of it, in memory and in the database.
func (b *Beacon) DeleteLamp(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.store.Delete(name) // want-info "`DeleteLamp` holds `Beacon.mu` .* One thing is deleted, here and in the database"
	delete(b.lamps, name)
}

func (b *Beacon) Sweep(names []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, name := range names {
		b.store.Delete(name) // want "`Sweep` holds `Beacon.mu` while it"
		delete(b.lamps, name)
	}
}

func (b *Beacon) SetLampLit(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.store.Put(name) // want "`SetLampLit` holds `Beacon.mu`"
	b.lamps[name]++
}
