package quarry

import (
	"database/sql"
	"net/http"

	"gorm.io/gorm"
)

type Stone struct{ ID int }

type Quarry struct {
	db     *sql.DB
	orm    *gorm.DB
	stones []Stone
}

func (q *Quarry) begin() {
	http.HandleFunc("/pile", func(w http.ResponseWriter, r *http.Request) { q.pile(q.stones) })
	http.HandleFunc("/organizations/delete", q.deleteOrganization)
	http.HandleFunc("/repair", q.repairAll)
}

// All of it is one transaction of the caller.
func (q *Quarry) pile(stones []Stone) {
	work := q.orm.Begin()
	q.pileOn(work, stones)
	work.Commit()
}

func (q *Quarry) pileOn(work *gorm.DB, stones []Stone) {
	for _, stone := range stones {
		work.Create(&stone) // want-info "It is part of a transaction\.$"
	}
}

func (q *Quarry) deleteOrganization(w http.ResponseWriter, r *http.Request) {
	for _, stone := range q.stones {
		q.db.Exec("DELETE FROM stones WHERE id = $1", stone.ID) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}

func (q *Quarry) repairAll(w http.ResponseWriter, r *http.Request) {
	for _, stone := range q.stones {
		q.db.Exec("UPDATE stones SET cracks = 0 WHERE id = $1", stone.ID) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}
