package ferry

import (
	"net/http"

	"gorm.io/gorm"
)

type Ticket struct{ ID int }

type Store struct {
	db      *gorm.DB
	tickets []Ticket
}

func (s *Store) routes() {
	http.HandleFunc("/stamp", s.stamp)
	http.HandleFunc("/sell", s.sell)
}

func (s *Store) stamp(w http.ResponseWriter, r *http.Request) {
	tx := s.db.Begin()
	for _, ticket := range s.tickets {
		tx.Where("id = ?", ticket.ID).Delete(&Ticket{}) // want-info "It is part of a transaction\.$"
	}
	tx.Commit()
}

func (s *Store) sell(w http.ResponseWriter, r *http.Request) {
	for _, ticket := range s.tickets {
		s.db.Where("id = ?", ticket.ID).Delete(&Ticket{}) // want-info "Somebody changes something with it, and does so now and then\.$"
	}
}
