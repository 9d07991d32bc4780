package charts

import (
	"net/http"
	"sync"
)

func main() {
	http.HandleFunc("/chart", chart)
	http.HandleFunc("/known", known)
	http.ListenAndServe(":8080", nil)
}

func chart(w http.ResponseWriter, r *http.Request) {
	Chart(r.URL.Path)
	Tide(r.URL.Path)
	Wind(r.URL.Path)
	shelf.Fill(r.URL.Path)
	rack.Fill(r.URL.Path)
}

func known(w http.ResponseWriter, r *http.Request) {
	HasChart(r.URL.Path)
	CountCharts()
	HasTide(r.URL.Path)
	CountTides()
	HasWind(r.URL.Path)
	CountWinds()
	rack.Note(r.URL.Path)
	if err := r.ParseForm(); err != nil {
		shelf.Note(r.URL.Path)
	}
}

// Charts are loaded once each, and stay.
var (
	chartsMu sync.Mutex
	charts   = map[string]*http.Response{}
)

func Chart(name string) *http.Response {
	chartsMu.Lock()
	defer chartsMu.Unlock()
	if found := charts[name]; found != nil {
		return found
	}
	loaded, _ := http.Get("https://charts.example.com/" + name) // want-info "`Chart` holds `.*chartsMu` .* It is done once for each key: afterwards it is found in `charts`"
	charts[name] = loaded
	return loaded
}

func HasChart(name string) bool {
	chartsMu.Lock()
	defer chartsMu.Unlock()
	return charts[name] != nil
}

func CountCharts() int {
	chartsMu.Lock()
	defer chartsMu.Unlock()
	return len(charts)
}

// Tides are thrown away again.
var (
	tidesMu sync.Mutex
	tides   = map[string]*http.Response{}
)

func Tide(name string) *http.Response {
	tidesMu.Lock()
	defer tidesMu.Unlock()
	if found, ok := tides[name]; ok {
		return found
	}
	loaded, _ := http.Get("https://tides.example.com/" + name) // want "`Tide` holds `.*tidesMu` while it goes to the network"
	tides[name] = loaded
	return loaded
}

func HasTide(name string) bool {
	tidesMu.Lock()
	defer tidesMu.Unlock()
	return tides[name] != nil
}

func CountTides() int {
	tidesMu.Lock()
	defer tidesMu.Unlock()
	if len(tides) > 100 {
		clear(tides)
	}
	return len(tides)
}

// Winds are looked up and never kept.
var (
	windsMu sync.Mutex
	winds   = map[string]*http.Response{}
)

func Wind(name string) *http.Response {
	windsMu.Lock()
	defer windsMu.Unlock()
	if found := winds[name]; found != nil {
		return found
	}
	loaded, _ := http.Get("https://winds.example.com/" + name) // want "`Wind` holds `.*windsMu` while it goes to the network"
	return loaded
}

func HasWind(name string) bool {
	windsMu.Lock()
	defer windsMu.Unlock()
	return winds[name] != nil
}

func CountWinds() int {
	windsMu.Lock()
	defer windsMu.Unlock()
	return len(winds)
}

// Shelf is only wanted by others where something has failed.
type Shelf struct {
	mu     sync.Mutex
	failed map[string]int
}

var shelf = &Shelf{failed: map[string]int{}}

func (s *Shelf) Fill(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed[name] = 0
	_, err := http.Get("https://shelf.example.com/" + name) // want-info "`Fill` holds `Shelf.mu` .* Nobody is seen to come often for what is in memory alone"
	return err
}

func (s *Shelf) Note(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed[name]++
}

type Rack struct {
	mu    sync.Mutex
	noted map[string]int
}

var rack = &Rack{noted: map[string]int{}}

func (r *Rack) Fill(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.noted[name] = 0
	_, err := http.Get("https://rack.example.com/" + name) // want "`Fill` holds `Rack.mu` while it goes to the network"
	return err
}

func (r *Rack) Note(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.noted[name]++
}
