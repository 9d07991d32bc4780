package orchard

import (
	"database/sql"
	"net/http"
	"strings"
	"time"
)

type Tree struct{ ID, Row int }

type Orchard struct {
	db    *sql.DB
	trees []Tree
	names map[int]string
	picks chan Tree
}

var regions = []string{"north", "south", "hill", "valley", "river", "wall", "gate", "barn", "lane", "pond", "shed", "mill"}

func (o *Orchard) routes() {
	http.HandleFunc("/trees", o.handle)
}

func (o *Orchard) handle(w http.ResponseWriter, r *http.Request) {
	o.once()
	o.batched()
	o.remembered()
	o.remembersInside()
	o.searches()
	o.triesMirrors(r.URL.Query()["mirror"])
	o.retries()
	o.literal()
	o.fixed()
	o.firstOnly()
	o.afterFailure()
	o.notSwitchedOn()
	o.answers(w)
	o.pages()
}

// One statement for all of them.
func (o *Orchard) once() {
	ids := make([]string, 0, len(o.trees))
	for range o.trees {
		ids = append(ids, "?")
	}
	o.db.Exec("UPDATE trees SET pruned = true WHERE id IN (" + strings.Join(ids, ",") + ")")
}

func (o *Orchard) batched() {
	for _, batch := range split(o.trees, 500) {
		o.db.Exec("INSERT INTO harvest SELECT unnest($1::int[])", batch)
	}
}

func (o *Orchard) remembered() {
	known := map[int]string{}
	for _, tree := range o.trees {
		if _, ok := known[tree.Row]; !ok {
			known[tree.Row] = o.rowName(tree.Row)
		}
	}
}

func (o *Orchard) remembersInside() {
	for _, tree := range o.trees {
		o.cachedName(tree.Row)
	}
}

func (o *Orchard) cachedName(row int) string {
	if name, ok := o.names[row]; ok {
		return name
	}
	return o.rowName(row)
}

func (o *Orchard) rowName(row int) string {
	var name string
	o.db.QueryRow("SELECT name FROM rows WHERE id = $1", row).Scan(&name)
	return name
}

func (o *Orchard) searches() string {
	for _, tree := range o.trees {
		if tree.ID == 7 {
			return o.rowName(tree.Row)
		}
	}
	return ""
}

func (o *Orchard) triesMirrors(mirrors []string) *http.Response {
	for _, mirror := range mirrors {
		response, err := http.Get(mirror)
		if err == nil {
			return response
		}
	}
	return nil
}

func (o *Orchard) retries() {
	for attempt := 0; attempt < maxAttempts(); attempt++ {
		o.db.Exec("UPDATE stock SET n = n - 1")
	}
}

func (o *Orchard) literal() {
	for _, kind := range []string{"apple", "pear"} {
		o.db.Exec("INSERT INTO kinds (name) VALUES ($1)", kind)
	}
}

func (o *Orchard) fixed() {
	for _, region := range regions {
		o.db.Exec("INSERT INTO regions (name) VALUES ($1)", region)
	}
}

func (o *Orchard) firstOnly() {
	for i := range o.trees {
		if i == 0 {
			o.db.Exec("DELETE FROM labels")
		}
	}
}

func (o *Orchard) afterFailure() {
	for _, tree := range o.trees {
		if err := check(tree); err != nil {
			o.db.Exec("INSERT INTO failures (tree) VALUES ($1)", tree.ID)
		}
	}
}

func (o *Orchard) notSwitchedOn() {
	for _, tree := range o.trees {
		o.water(tree, false)
	}
}

func (o *Orchard) water(tree Tree, record bool) {
	o.log(tree, record)
}

func (o *Orchard) log(tree Tree, record bool) {
	if record {
		o.db.Exec("INSERT INTO watering (tree) VALUES ($1)", tree.ID)
	}
}

func (o *Orchard) answers(w http.ResponseWriter) {
	for range o.trees {
		w.Write([]byte("tree\n"))
	}
}

func (o *Orchard) pages() {
	for next := "start"; next != ""; {
		next = o.page(next)
	}
}

func (o *Orchard) page(from string) string {
	var next string
	o.db.QueryRow("SELECT next FROM pages WHERE id = $1", from).Scan(&next)
	return next
}

// One round trip for every pick that comes in.
func (o *Orchard) record() {
	for tree := range o.picks {
		o.db.Exec("INSERT INTO picks (tree) VALUES ($1)", tree.ID)
	}
}

// The clock alone does not multiply.
func (o *Orchard) heartbeat() {
	for range time.Tick(time.Minute) {
		o.db.Exec("UPDATE stations SET seen = now()")
	}
}

// The loop is there whoever calls, and nobody switches the write on.
func (o *Orchard) tick() {
	for range time.Tick(time.Second) {
		o.flush(false)
	}
}

func (o *Orchard) flush(write bool) {
	for _, tree := range o.trees {
		if write {
			o.db.Exec("UPDATE trees SET seen = now() WHERE id = $1", tree.ID)
		}
	}
}

// Nothing but a person at a terminal gets here.
func (o *Orchard) Import(trees []Tree) {
	for _, tree := range trees {
		o.db.Exec("INSERT INTO trees (id) VALUES ($1)", tree.ID)
	}
}

func split(trees []Tree, size int) [][]Tree { return nil }
func maxAttempts() int                      { return 3 }
func check(tree Tree) error                 { return nil }
