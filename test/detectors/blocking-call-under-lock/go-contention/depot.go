package depot

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// Depot is made once; requests only count what is in it.
type Depot struct {
	mu    sync.RWMutex
	carts map[string]*Cart
}

func NewDepot() *Depot { return &Depot{carts: map[string]*Cart{}} }

func serve(d *Depot) {
	http.HandleFunc("/count", d.count)
	http.HandleFunc("/open", d.open)
}

func (d *Depot) count(w http.ResponseWriter, r *http.Request) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	w.WriteHeader(len(d.carts))
}

func (d *Depot) remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.carts, name)
}

// One cart is sought, and all wait.
func (d *Depot) fetch(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	net.Dial("tcp", name) // want "`fetch` holds `Depot.mu` .* 2 other functions that need the lock, such as `count`, wait as long\.$"
}

// Cart is one of many.
type Cart struct {
	mu    sync.Mutex
	load  []string
	stops int
}

func (c *Cart) Load() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.load)
}

func (c *Cart) Stops() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stops
}

func (c *Cart) Weigh() {
	c.mu.Lock()
	defer c.mu.Unlock()
	net.Dial("tcp", "scales") // want-info "`Weigh` holds `Cart.mu` .* only those who use the same one wait\.$"
}

// Ride is made anew for each request.
type Ride struct {
	mu   sync.Mutex
	seen []string
}

func (d *Depot) open(w http.ResponseWriter, r *http.Request) {
	ride := &Ride{}
	ride.Start(r.URL.Path)
	go ride.Seen()
	go ride.Last()
}

func (r *Ride) Seen() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.seen)
}

func (r *Ride) Last() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen[0]
}

func (r *Ride) Drive(to string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	net.Dial("tcp", to) // want-info "`Drive` holds `Ride.mu` .* only those who use the same one wait\.$"
}

func (r *Ride) Start(from string) { go r.Drive(from) }

var (
	gaugesMu sync.Mutex
	gauges   = map[string]int{}
)

// Gauge is wanted by everybody.
func Gauge(name string) int {
	gaugesMu.Lock()
	defer gaugesMu.Unlock()
	return gauges[name]
}

func Calibrate(name string) {
	gaugesMu.Lock()
	defer gaugesMu.Unlock()
	net.Dial("tcp", name) // want "`Calibrate` holds `.*gaugesMu` .* 1 other function that needs the lock, `Gauge`, waits as long\.$"
	gauges[name] = 0
}

// Ledger: upkeep holds the lock for reading while those who note something wait.
type Ledger struct {
	mu    sync.RWMutex
	lines []string
}

func (d *Depot) ledgerOf(name string) *Ledger { return &Ledger{lines: []string{name}} }

func (l *Ledger) Note(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
}

func (l *Ledger) keep() {
	for range time.Tick(time.Minute) {
		l.upload()
	}
}

func (l *Ledger) upload() {
	l.mu.RLock()
	defer l.mu.RUnlock()
	http.Get("http://ledgers.example.com") // want "`upload` holds `Ledger.mu` for reading .* 1 other function that wants the lock for writing, `Note`, waits as long\.$"
}
