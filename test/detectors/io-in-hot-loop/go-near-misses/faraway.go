package orchard

import (
	"database/sql"
	"time"
)

type Gate struct {
	db    *sql.DB
	hives []int
}

func (g *Gate) watch() {
	for {
		time.Sleep(time.Minute)
		g.look()
	}
}

// So many calls decide for themselves whether to go on.
func (g *Gate) look()    { g.ask() }
func (g *Gate) ask()     { g.decide() }
func (g *Gate) decide()  { g.open() }
func (g *Gate) open()    { g.greet() }
func (g *Gate) greet()   { g.lead() }
func (g *Gate) lead()    { g.arrive() }
func (g *Gate) arrive()  { g.settle() }
func (g *Gate) settle() {
	for _, hive := range g.hives {
		g.db.Exec("UPDATE hives SET visits = visits + 1 WHERE id = $1", hive)
	}
}
