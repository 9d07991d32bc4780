package shipyard

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

type Ship struct {
	mu    sync.Mutex
	conn  net.Conn
	name  string
	crew  map[string]int
	cargo map[string]int
}

type Yard struct {
	mu    sync.Mutex
	ships map[string]*Ship
}

func serveYard(y *Yard) {
	http.HandleFunc("/greet", y.greet)
	http.HandleFunc("/berth", y.berth)
	http.HandleFunc("/enrol", y.enrol)
	http.HandleFunc("/names", y.names)
}

func (s *Ship) Name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

func (s *Ship) Crew() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.crew)
}

func (s *Ship) Cargo() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.cargo)
}

func (s *Ship) report(text string) { fmt.Println(text, s) }

func (s *Ship) enter(y *Yard) { y.add(s) }

func (y *Yard) add(s *Ship) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.ships[s.name] = s
}

// Nobody knows the ship yet.
func (y *Yard) greet(w http.ResponseWriter, r *http.Request) {
	s := &Ship{name: r.URL.Path}
	if s.name == "" {
		s.enter(y)
		return
	}
	s.report("greeted")
	s.mu.Lock()
	s.conn, _ = net.Dial("tcp", s.name)
	s.mu.Unlock()
	y.add(s)
}

// The ship is in the yard already.
func (y *Yard) berth(w http.ResponseWriter, r *http.Request) {
	s := &Ship{name: r.URL.Path}
	y.add(s)
	s.mu.Lock()
	s.conn, _ = net.Dial("tcp", s.name) // want-info "`berth` holds `Ship.mu` while it goes to the network .* only those who use the same one wait\.$"
	s.mu.Unlock()
}

// It goes into the yard by itself.
func (y *Yard) enrol(w http.ResponseWriter, r *http.Request) {
	s := &Ship{name: r.URL.Path}
	s.enter(y)
	s.mu.Lock()
	s.conn, _ = net.Dial("tcp", s.name) // want-step "`enrol` goes to the network"
	s.mu.Unlock()
}

func (y *Yard) names(w http.ResponseWriter, r *http.Request) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for name := range y.ships {
		fmt.Fprintln(w, name)
	}
}

// Watch is told to end before somebody waits for it.
type Watch struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	done   chan struct{}
	turns  map[string]int
}

func serveWatch(w *Watch) {
	http.HandleFunc("/relieve", w.relieve)
	http.HandleFunc("/await", w.await)
	http.HandleFunc("/turns", w.count)
	http.HandleFunc("/kept", w.kept)
}

func (w *Watch) kept(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fmt.Fprintln(rw, len(w.turns))
}

func (w *Watch) relieve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel()
	<-w.done // want-info "`relieve` holds `Watch.mu` .* What it waits for has been told to end just before\.$"
	w.turns["all"]++
}

// Nobody tells it to.
func (w *Watch) await(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.cancel()
	time.Sleep(time.Minute) // want "`await` holds `Watch.mu` .* waits? as long\.$"
}

func (w *Watch) count(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fmt.Fprintln(rw, w.turns["all"])
}

// Bells are struck with a moment in between.
type Bells struct {
	mu     sync.Mutex
	struck map[string]int
	tired  sync.WaitGroup
}

func serveBells(b *Bells) {
	http.HandleFunc("/health", b.health)
	http.HandleFunc("/patience", b.patience)
	http.HandleFunc("/quiet", b.quiet)
	http.HandleFunc("/abandon", b.abandon)
	http.HandleFunc("/struck", b.count)
	http.HandleFunc("/silent", b.silent)
}

// Ten milliseconds and no more.
func (b *Bells) health(rw http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 0; i < 10; i++ {
		time.Sleep(time.Millisecond)
	}
}

func (b *Bells) patience(rw http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 0; i < 100; i++ {
		time.Sleep(time.Millisecond) // want "`patience` holds `Bells.mu` while it sleeps .* waits? as long\.$"
	}
}

// However long it takes until nobody strikes any more.
func (b *Bells) quiet(rw http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.struck["all"] > 0 {
		time.Sleep(time.Millisecond) // want "`quiet` holds `Bells.mu` while it sleeps .* waits? as long\.$"
	}
}

// Whoever struck them has gone before the lock is taken.
func (b *Bells) abandon(rw http.ResponseWriter, r *http.Request) {
	b.tired.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	http.Get("https://example.com/abandoned") // want-info "`abandon` holds `Bells.mu` .* It has waited before until the work of the object was over\.$"
}

func (b *Bells) count(rw http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fmt.Fprintln(rw, b.struck["all"])
}

func (b *Bells) silent(rw http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fmt.Fprintln(rw, len(b.struck) == 0)
}

// Crew is waited for while it wants the lock.
type Crew struct {
	mu   sync.Mutex
	quit chan struct{}
	done chan struct{}
	meal int
}

func serveCrew(c *Crew) {
	http.HandleFunc("/dismiss", c.dismiss)
	http.HandleFunc("/eat", c.eat)
	go c.work()
}

func (c *Crew) work() {
	defer close(c.done)
	<-c.quit
	c.mu.Lock()
	c.meal++
	c.mu.Unlock()
}

func (c *Crew) dismiss(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.quit)
	<-c.done // want "`dismiss` holds `Crew.mu` while it waits for the channel .*`work`, which it waits for, needs the lock itself: neither goes on\.$"
}

func (c *Crew) eat(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.meal++
}
