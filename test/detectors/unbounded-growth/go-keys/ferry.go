package ferry

import (
	"net/http"
	"sync"
)

type policyKey struct {
	policyType string
	template   string
}

type tripKey struct {
	policyType string
	passenger  string
}

type Ferry struct {
	mu           sync.Mutex
	shaped       map[policyKey]int
	booked       map[tripKey]int
	routeConfigs map[string]int
	seats        map[string]int
	bags         map[string]int
}

func NewFerry() *Ferry { return &Ferry{} }

func (f *Ferry) routes() {
	http.HandleFunc("/trip", f.trip)
}

func (f *Ferry) trip(w http.ResponseWriter, r *http.Request) {
	f.shape(r.FormValue("kind"), r.FormValue("form"))
	f.book(r.FormValue("kind"), r.FormValue("who"))
	f.chart(r.FormValue("route"))
	f.seat(r.FormValue("who"))
	f.store(r.FormValue("bag"))
}

func (f *Ferry) shape(policyType, template string) {
	key := policyKey{policyType: plain(policyType), template: template}
	f.shaped[key]++ // want-info "There are few keys, by their name\.$"
}

func plain(text string) string { return text }

func (f *Ferry) book(policyType, passenger string) {
	key := tripKey{policyType: plain(policyType), passenger: passenger}
	f.booked[key]++ // want "`Ferry.booked` only ever grows: .* as they like\.$"
}

func (f *Ferry) chart(route string) {
	f.routeConfigs[route] = 1 // want-info "It holds what is configured, and that is little, by its name\.$"
}

func (f *Ferry) seat(userID string) {
	f.seats[userID] = 1 // want-info "There is one for each user, and not more\.$"
}

func (f *Ferry) store(bag string) {
	f.bags[bag] = 1 // want "`Ferry.bags` only ever grows"
}
