package crew

import (
	"database/sql"
	"net/http"
)

type Member struct{ ID int64 }

type Crew struct{ db *sql.DB }

func (c *Crew) Mount() {
	http.HandleFunc("/tell", c.tell)
	http.HandleFunc("/paint", c.paint)
}

func (c *Crew) near(sector string) []Member {
	rows, err := c.db.Query("SELECT id FROM crew WHERE sector = $1", sector)
	if err != nil {
		return nil
	}
	defer rows.Close()
	var found []Member
	for rows.Next() {
		var m Member
		rows.Scan(&m.ID)
		found = append(found, m)
	}
	return found
}

type Plank struct{ ID int64 }

func (c *Crew) planks(sector string) []Plank {
	rows, err := c.db.Query("SELECT id FROM planks WHERE sector = $1", sector)
	if err != nil {
		return nil
	}
	defer rows.Close()
	var found []Plank
	for rows.Next() {
		var p Plank
		rows.Scan(&p.ID)
		found = append(found, p)
	}
	return found
}

func (c *Crew) tell(w http.ResponseWriter, r *http.Request) {
	ms := c.near(r.FormValue("sector"))
	for _, m := range ms {
		c.db.Exec("INSERT INTO tells (member) VALUES ($1)", m.ID) // want "for each of `ms`\. None of four .* no expiry\.$"
	}
}

func (c *Crew) paint(w http.ResponseWriter, r *http.Request) {
	ps := c.planks(r.FormValue("sector"))
	for _, p := range ps {
		c.db.Exec("INSERT INTO coats (plank) VALUES ($1)", p.ID) // want-info "By their name these are not people"
	}
}
