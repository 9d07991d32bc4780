package lighthouse

import (
	"net/http"
	"strings"
	"sync"
)

type Client struct{}

type Query struct{ text string }

type Lighthouse struct {
	mu       sync.Mutex
	tenants  map[string]int
	regions  sync.Map
	clients  map[string]*Client
	visitors map[string]int
	last     *parser
	gauges   shipGauges
}

type shipGauges struct{ loaded map[shipKey]int }

type shipKey struct{ flag string }

func NewLighthouse() *Lighthouse { return &Lighthouse{} }

func (l *Lighthouse) routes() {
	http.HandleFunc("/ships", l.ship)
	http.HandleFunc("/admin/keepers", l.keeper)
}

func (l *Lighthouse) ship(w http.ResponseWriter, r *http.Request) {
	l.count(r.FormValue("tenant"))
	l.light(r.FormValue("region"))
	l.clientFor(r.FormValue("address"))
	l.visit(r.RemoteAddr)
	// As many as the metric has anyway.
	l.gauges.loaded[shipKey{r.FormValue("flag")}]++
	l.begin(r.FormValue("namespace"), r.URL.Path)
	l.see(r.FormValue("namespace"), r.RemoteAddr)
	rewrite(templateOfShips)
	NewParser().parse(r.FormValue("query"))
}

func (l *Lighthouse) count(tenantID string) {
	l.tenants[tenantID]++ // want-info "There are few keys, by their name\.$"
}

func (l *Lighthouse) light(region string) {
	l.regions.Store(region, true)
}

func (l *Lighthouse) clientFor(addr string) {
	l.clients[addr] = &Client{} // want-info "There is one for each server, and those are few\.$"
}

func (l *Lighthouse) visit(addr string) {
	l.visitors[addr] = 1 // want "`Lighthouse.visitors` only ever grows"
}

var keepers = map[string]bool{}

func (l *Lighthouse) keeper(w http.ResponseWriter, r *http.Request) {
	keepers[r.FormValue("name")] = true // want-info "Those who run the system ask for it, now and then\.$"
}

const templateOfShips = "SELECT name FROM ships_v2"

var rewritten sync.Map

// Nobody outside says which text it is.
func rewrite(text string) string {
	old := strings.ReplaceAll(text, "_v2", "")
	rewritten.Store(text, old)
	return old
}

// Each request makes its own, and gets it as what it can do.
type Parser interface{ parse(text string) }

type parser struct {
	seen  map[string]int
	notes []string
}

func NewParser() Parser { return &parser{seen: map[string]int{}} }

func (p *parser) parse(text string) {
	p.seen[text] = 1
	p.notes = append(p.notes, text)
}

var active = map[string]int{}

func (l *Lighthouse) begin(namespace, methodName string) {
	key := tokenOf(namespace, methodName)
	active[key]++ // want-info "There are few keys, by their name\.$"
}

func tokenOf(namespace, methodName string) string { return namespace + "/" + methodName }

var lastSeen = map[string]int{}

func (l *Lighthouse) see(namespace, visitor string) {
	key := tokenOf(namespace, visitor)
	lastSeen[key] = 1 // want "`lighthouse.lastSeen` only ever grows|`lastSeen` only ever grows"
}
