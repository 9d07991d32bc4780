package pages

import (
	"net/http"

	"gorm.io/gorm"
)

type Pump struct{ ID int }

type Pages struct {
	orm *gorm.DB
}

// One page of them, and no more.
func (p *Pages) getSome(w http.ResponseWriter, r *http.Request) {
	var pumps []Pump
	p.orm.Limit(20).Find(&pumps)
	for _, pump := range pumps {
		p.orm.Where("pump = ?", pump.ID).First(&Pump{}) // want-info "They are one page of those that there are\.$"
	}
}

// Somebody may ask for all.
func (p *Pages) getMost(w http.ResponseWriter, r *http.Request) {
	var pumps []Pump
	query := p.orm.Where("dry = false")
	if r.FormValue("page") != "" {
		query = query.Limit(20)
	}
	query.Find(&pumps)
	for _, pump := range pumps {
		p.orm.Where("pump = ?", pump.ID).First(&Pump{}) // want "each of `pumps` × 1 database read\.$"
	}
}

func (p *Pages) serve() {
	http.HandleFunc("GET /some", p.getSome)
	http.HandleFunc("GET /most", p.getMost)
}
