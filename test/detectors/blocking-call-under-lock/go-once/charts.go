package observatory

import (
	"database/sql"
	"net/http"
	"sync"
	"sync/atomic"
)

// Charts are read when somebody asks for the first time.
type Charts struct {
	mu   sync.Mutex
	db   *sql.DB
	rows *sql.Rows
}

func (c *Charts) Rows() *sql.Rows {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows == nil {
		rows, err := c.db.Query("SELECT * FROM charts") // want-info "`Rows` holds `Charts.mu` .* It is done once, by whoever comes first: afterwards `rows` is set\.$"
		if err != nil {
			return nil
		}
		c.rows = rows
	}
	return c.rows
}

func (c *Charts) HasRows() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rows != nil
}

// Lenses are looked for once: whoever comes later leaves early.
type Lenses struct {
	mu     sync.Mutex
	loaded bool
	names  []string
}

func (l *Lenses) Names() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.loaded {
		return l.names
	}
	l.fetch() // want-info "`Names` holds `Lenses.mu` .* afterwards `loaded` is set\.$"
	l.loaded = true
	return l.names
}

func (l *Lenses) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.names)
}

func (l *Lenses) fetch() { http.Get("https://lenses.example.com") }

// Mirror asks again under its lock whether somebody else has been there.
type Mirror struct {
	mu    sync.Mutex
	ready atomic.Bool
	angle int
}

func (m *Mirror) Angle() int {
	if !m.ready.Load() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if !m.ready.Load() {
			http.Get("https://mirror.example.com") // want-info "`Angle` holds `Mirror.mu` .* afterwards `ready` is set\.$"
			m.ready.Store(true)
		}
	}
	return m.angle
}

func (m *Mirror) Turn() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.angle++
}

// Weather is asked for again whenever somebody has thrown it away.
type Weather struct {
	mu     sync.Mutex
	report *http.Response
}

func (w *Weather) Report() *http.Response {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.report == nil {
		w.report, _ = http.Get("https://weather.example.com") // want "`Report` holds `Weather.mu` .* waits? as long\.$"
	}
	return w.report
}

func (w *Weather) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report = nil
}

func (w *Weather) IsKnown() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.report != nil
}

// Almanac has nobody but those who throw it away, and they are in no hurry.
type Almanac struct {
	mu   sync.Mutex
	page *http.Response
}

func (a *Almanac) Page() *http.Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.page == nil {
		a.page, _ = http.Get("https://almanacs.example.com") // want-info "`Page` holds `Almanac.mu` .* Nobody is seen to come often for what is in memory alone\.$"
	}
	return a.page
}

func (a *Almanac) Forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.page = nil
}

func (a *Almanac) Put(page *http.Response) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.page = page
}

// Stars are asked for one by one.
type Stars struct {
	mu    sync.Mutex
	known map[string]*http.Response
}

func (s *Stars) Star(name string) *http.Response {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[name] == nil {
		s.known[name], _ = http.Get("https://stars.example.com") // want "`Star` holds `Stars.mu` .* waits? as long\.$"
	}
	return s.known[name]
}

func (s *Stars) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.known)
}

// Token runs out.
type Token struct {
	mu      sync.Mutex
	token   *http.Response
	expired bool
}

func (t *Token) Get() *http.Response {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token == nil || t.expired {
		t.token, _ = http.Get("https://tokens.example.com") // want "`Get` holds `Token.mu` .* waits? as long\.$"
	}
	return t.token
}

func (t *Token) Expire() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expired = true
}

// Nothing is set: it is done every time.
type Dome struct {
	mu     sync.Mutex
	motor  *int
	turned int
}

func (d *Dome) Turn() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.motor == nil {
		http.Get("https://dome.example.com") // want "`Turn` holds `Dome.mu` .* waits? as long\.$"
	}
	d.turned++
}

func (d *Dome) Turned() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.turned
}
