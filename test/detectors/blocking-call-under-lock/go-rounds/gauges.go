package gauges

import (
	"net/http"
	"sync"
	"time"
)

// Gauge is read by the clock, beside other things.
type Gauge struct {
	mu    sync.Mutex
	level int
}

var gauge = &Gauge{}

func (g *Gauge) add(level int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.level += level
}

func (g *Gauge) upload() {
	g.mu.Lock()
	defer g.mu.Unlock()
	http.Get("https://gauges.example.com") // want "`upload` holds `Gauge.mu` .* 1 other function that needs the lock, `add`, waits as long\.$"
	g.level = 0
}

// Meter is read once, by a job that somebody starts.
type Meter struct {
	mu    sync.Mutex
	level int
}

var meter = &Meter{}

func (m *Meter) add(level int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.level += level
}

func (m *Meter) upload() {
	m.mu.Lock()
	defer m.mu.Unlock()
	http.Get("https://meters.example.com") // want-info "`upload` holds `Meter.mu` .* Nobody is seen to come often for what is in memory alone\.$"
	m.level = 0
}

func round() {
	gauge.add(1)
}

func watch() {
	for range time.Tick(time.Second) {
		round()
	}
}

func job() {
	meter.add(1)
}

func main() {
	go job()
	go gauge.keep()
	go meter.keep()
	watch()
}

func (g *Gauge) keep() {
	for range time.Tick(time.Minute) {
		g.upload()
	}
}

func (m *Meter) keep() {
	for range time.Tick(time.Minute) {
		m.upload()
	}
}
