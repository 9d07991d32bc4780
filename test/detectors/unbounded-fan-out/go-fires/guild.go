package guild

import (
	"database/sql"
	"net/http"

	"github.com/nats-io/nats.go"
	"gorm.io/gorm"
)

type Member struct{ ID int }

type Letter struct{ Member int }

type API struct {
	db   *sql.DB
	orm  *gorm.DB
	bus  *nats.Conn
	free []*Member
}

func (a *API) routes() {
	http.HandleFunc("/notices", a.postNotice)
	http.HandleFunc("/invitations", a.invite)
	http.HandleFunc("/bells", a.ring)
	http.HandleFunc("/letters", a.writeLetters)
	http.HandleFunc("/rounds", a.rounds)
}

func (a *API) postNotice(w http.ResponseWriter, r *http.Request) {
	rows, err := a.db.Query("SELECT id FROM members WHERE guild = $1", r.FormValue("guild"))
	if err != nil {
		return
	}
	for rows.Next() {
		var id int
		rows.Scan(&id)
		a.db.Exec("INSERT INTO notices (member, text) VALUES ($1, $2)", id, r.FormValue("text")) // want "Each request to `/notices` makes 1 INSERT on `notices` for each of `rows`"
	}
}

func (a *API) invite(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members() {
		a.send(member, "invited") // want "Each request to `/invitations` sends 1 message \(`Conn.Publish`\) for each of `a.members\(\)`"
	}
}

func (a *API) send(member *Member, what string) {
	a.bus.Publish("members."+what, []byte{byte(member.ID)})
}

func (a *API) ring(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.free {
		go a.visit(member) // want "Each request to `/bells` starts 1 goroutine for each of `a.free`"
	}
}

func (a *API) visit(member *Member) {
	http.Get("http://localhost/visit")
}

func (a *API) writeLetters(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members() {
		a.orm.Create(&Letter{Member: member.ID}) // want "Each request to `/letters` makes 1 row"
	}
}

// Work is started for whatever the request holds: as many goroutines as somebody likes.
func (a *API) rounds(w http.ResponseWriter, r *http.Request) {
	r.ParseForm()
	for _, house := range r.Form["house"] {
		go func() { // want "Each request to `/rounds` starts 1 goroutine for each of `r.Form"
			http.Get("http://localhost/" + house)
		}()
	}
}

func (a *API) members() []*Member {
	var members []*Member
	a.orm.Find(&members)
	return members
}
