package pages

import "net/http"

type Dike struct {
	ID    int
	Sides []Side
}

type Side struct{ Gates []Gate }

type Gate struct{ Bars []Bar }

type Bar struct{ ID, Rust int }

// Some of four loops are many, and of two they may be few.
func (p *Pages) getRust(w http.ResponseWriter, r *http.Request) {
	var dikes []Dike
	p.orm.Find(&dikes)
	for _, dike := range dikes {
		for _, side := range dike.Sides {
			for _, gate := range side.Gates {
				for _, bar := range gate.Bars {
					if bar.Rust == 2 {
						p.orm.Where("bar = ?", bar.ID).First(&Pump{}) // want "each of `gate.Bars` × 1 database read\.$"
					}
				}
			}
		}
	}
}

func (p *Pages) getLow(w http.ResponseWriter, r *http.Request) {
	var dikes []Dike
	p.orm.Find(&dikes)
	for _, dike := range dikes {
		if dike.ID == 2 {
			p.orm.Where("dike = ?", dike.ID).First(&Pump{}) // want-info "It is done for some of them only\.$"
		}
	}
}

func (p *Pages) serveDikes() {
	http.HandleFunc("GET /rust", p.getRust)
	http.HandleFunc("GET /low", p.getLow)
}
