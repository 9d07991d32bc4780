package vats

import (
	"database/sql"
	"net/http"
	"os"
)

type VatSetting struct{ Name string }

type Cellar struct {
	db *sql.DB
}

type Vat struct{ Name string }

func (c *Cellar) vats() []Vat {
	rows, _ := c.db.Query("SELECT name FROM vats")
	defer rows.Close()
	return nil
}

// Goes on by itself.
func (c *Cellar) reload(w http.ResponseWriter, r *http.Request) {
	vats := c.vats()
	go func(vats []Vat) {
		for _, vat := range vats {
			c.db.Exec("UPDATE vats SET open = 1 WHERE name = $1", vat.Name) // want-info "It goes on by itself, and nobody waits for that\.$"
		}
	}(vats)
}

func (c *Cellar) list(w http.ResponseWriter, r *http.Request) {
	for _, vat := range c.vats() {
		c.db.Query("SELECT wine FROM wines WHERE vat = $1", vat.Name) // want "× 1 SELECT on `wines`\.$"
	}
}

// Few by their type.
func (c *Cellar) getAll(w http.ResponseWriter, r *http.Request) {
	c.look([]VatSetting{{r.FormValue("a")}, {r.FormValue("b")}})
}

func (c *Cellar) look(all []VatSetting) {
	for _, one := range all {
		c.db.Query("SELECT value FROM settings WHERE name = $1", one.Name)
	}
}

// A file is written for each, in what is called.
func (c *Cellar) showLabels(w http.ResponseWriter, r *http.Request) {
	for _, vat := range c.vats() {
		c.label(vat) // want-info "What else is done for each of them takes longer: `label`\.$"
	}
}

func (c *Cellar) label(vat Vat) {
	os.WriteFile(vat.Name, nil, 0o600)
	c.db.Exec("UPDATE vats SET labelled = 1 WHERE name = $1", vat.Name)
}

func (c *Cellar) routes() {
	http.HandleFunc("/reload", c.reload)
	http.HandleFunc("/list", c.list)
	http.HandleFunc("/settings", c.getAll)
	http.HandleFunc("/labels", c.showLabels)
}
