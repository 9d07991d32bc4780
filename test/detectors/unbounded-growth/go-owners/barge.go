package barge

import (
	"context"
	"net/http"
	"sync"
)

type company struct{}

func (company) Tenant(ctx context.Context) string { return "" }

var owner company

type Barge struct {
	mu     sync.Mutex
	docks  map[string][]string
	owned  map[string]int
	loaded map[string]int
}

func NewBarge() *Barge { return &Barge{} }

func (f *Barge) routes() {
	http.HandleFunc("/load", f.load)
}

func (f *Barge) load(w http.ResponseWriter, r *http.Request) {
	f.own(owner.Tenant(r.Context()))
	f.carry(r.FormValue("crate"))
	f.dock(r.FormValue("tenant"), r.FormValue("crate"))
}

// Whose it is shows where it is asked for.
func (f *Barge) own(id string) {
	f.owned[id] = 1 // want-info "There are few keys, by their name\.$"
}

func (f *Barge) carry(id string) {
	f.loaded[id] = 1 // want "`Barge.loaded` only ever grows"
}

// Few tenants, and each of them with ever more.
func (f *Barge) dock(tenant, crate string) {
	f.docks[tenant] = append(f.docks[tenant], crate) // want "`Barge.docks` only ever grows: .* or looks at its size\.$"
}
