// Package pier has operations that are what their function or their lock is there for.
package pier

import (
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

// Crew is told to go home before anybody waits for it.
type Crew struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (c *Crew) dismiss() {
	close(c.quit)
	c.wg.Wait()
}

func (c *Crew) finish() {
	time.Sleep(time.Minute)
}

type Pier struct {
	mu    sync.Mutex
	crews map[string]*Crew
	ships map[string]bool
}

func (p *Pier) Remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.crews[name].dismiss() // want-info "`Remove` holds `Pier.mu` .* has been told to end just before"
	delete(p.crews, name)
}

func (p *Pier) Has(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ships[name]
}

type Quay struct {
	mu    sync.Mutex
	crews map[string]*Crew
	ships map[string]bool
}

func ServeQuay(q *Quay) {
	http.HandleFunc("/quay", func(w http.ResponseWriter, r *http.Request) { q.Has(r.URL.Path) })
}

func (q *Quay) Leave(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.leave(name) // want-info "`Leave` holds `Quay.mu` while it waits .* work of the program itself"
}

func (q *Quay) leave(name string) {
	q.crews[name].dismiss()
	delete(q.crews, name)
}

func (q *Quay) Settle(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.crews[name].finish() // want "`Settle` holds `Quay.mu` while it sleeps .* waits? as long\.$"
	delete(q.crews, name)
}

func (q *Quay) Has(name string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.ships[name]
}

// Chart looks up addresses.
type Chart struct {
	mu    sync.Mutex
	known map[string]string
}

func (c *Chart) Find(name string) (*net.TCPAddr, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return net.ResolveTCPAddr("tcp", c.known[name]) // want-info "`Find` holds `Chart.mu` .* most often written as numbers"
}

func (c *Chart) Note(name, address string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known[name] = address
}

// Pump is started by whoever needs it.
type Pump struct {
	mu    sync.Mutex
	cmd   *exec.Cmd
	hours map[string]int
}

func ServePump(p *Pump) {
	http.HandleFunc("/pump", func(w http.ResponseWriter, r *http.Request) { p.Launch(r.URL.Path) })
}

func (p *Pump) Launch(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd = exec.Command(name)
	return p.cmd.Start() // want-info "`Launch` holds `Pump.mu` .* makes what all others with the lock need"
}

func (p *Pump) Hours(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hours[name]
}

func (q *Quay) Count() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.ships)
}
