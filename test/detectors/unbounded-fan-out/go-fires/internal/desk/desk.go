package desk

import (
	"database/sql"
	"net/http"
)

// Letters leave one after the other, by whoever reads out.
type Post struct {
	out chan string
}

func (p *Post) Send(letter string) {
	p.out <- letter
}

type Desk struct {
	db   *sql.DB
	post *Post
}

func (d *Desk) Routes() {
	http.HandleFunc("/followers", d.tellFollowers)
	http.HandleFunc("/restored", d.tellOfRestored)
}

func (d *Desk) tellFollowers(w http.ResponseWriter, r *http.Request) {
	followers, err := d.db.Query("SELECT name FROM followers WHERE of = $1", r.FormValue("of"))
	if err != nil {
		return
	}
	for followers.Next() {
		var name string
		followers.Scan(&name)
		d.post.Send(name) // want "Each request to `/followers` puts 1 message into `Post.out` for each of `followers`"
	}
}

// What ends in the name of a part of an installation need not be one.
func (d *Desk) tellOfRestored(w http.ResponseWriter, r *http.Request) {
	bookstores, err := d.db.Query("SELECT name FROM bookstores")
	if err != nil {
		return
	}
	for bookstores.Next() {
		d.db.Exec("INSERT INTO notices (text) VALUES ($1)", r.FormValue("text")) // want "Each request to `/restored` makes 1 INSERT on `notices` for each of `bookstores`"
	}
}
