package smithy

import (
	"fmt"
	"net/http"

	"example.com/smithy/central"
	"example.com/smithy/local"
)

type Smithy struct {
	anvils *local.Anvils
	tongs  *central.Tongs
}

func (s *Smithy) routes() {
	http.HandleFunc("/weights", s.listWeights)
	http.HandleFunc("/lengths", s.listLengths)
}

func (s *Smithy) listWeights(w http.ResponseWriter, r *http.Request) {
	for _, id := range s.tongs.All() {
		fmt.Fprintln(w, s.anvils.Weight(id)) // want-info "The database is embedded: a query of it stays in the program\.$"
	}
}

func (s *Smithy) listLengths(w http.ResponseWriter, r *http.Request) {
	for _, id := range s.tongs.All() {
		fmt.Fprintln(w, s.tongs.Length(id)) // want "each of `.*` × 1 SELECT on `tongs` \(through `\(\*Tongs\)\.Length`\)\.$"
	}
}
