package quay

import (
	"net/http"

	"github.com/xorm-io/xorm"
)

type Boat struct{ ID, Owner int }
type Owner struct{ ID int }

type Yard struct{ engine *xorm.Engine }

func (y *Yard) routes() { http.HandleFunc("/boats", y.list) }

func (y *Yard) list(w http.ResponseWriter, r *http.Request) {
	boats := []*Boat{}
	y.engine.Desc("id").Find(&boats)
	for _, boat := range boats {
		owner := &Owner{}
		y.engine.Where("id = ?", boat.Owner).Get(owner) // want "each of `boats` × 1 database read"
	}
}
