package invites

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type invitation struct{ Emails []string }

type Desk struct{ db *sql.DB }

func (d *Desk) Mount() { http.HandleFunc("/invite", d.invite) }

func read(r *http.Request) (invitation, bool) {
	var in invitation
	err := json.NewDecoder(r.Body).Decode(&in)
	return in, err == nil
}

func (d *Desk) invite(w http.ResponseWriter, r *http.Request) {
	in, ok := read(r)
	if ok {
		d.send(in)
	}
	d.send(usual())
}

func usual() invitation { return invitation{} }

func (d *Desk) send(in invitation) {
	for _, email := range in.Emails {
		d.db.Exec("INSERT INTO invites (email) VALUES ($1)", email) // want "for each of `in.Emails`\. None of four .* no expiry\.$"
	}
}
