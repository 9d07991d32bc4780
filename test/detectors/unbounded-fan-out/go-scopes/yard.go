package yard

import (
	"database/sql"

	"github.com/gin-gonic/gin"
	limiter "github.com/ulule/limiter/v3"
	mgin "github.com/ulule/limiter/v3/drivers/middleware/gin"
	"github.com/ulule/limiter/v3/drivers/store/memory"
)

type Yard struct{ db *sql.DB }

func (y *Yard) Routes(r *gin.Engine) {
	rate, _ := limiter.NewRateFromFormatted("5-M")
	keepers := r.Group("/keepers")
	keepers.Use(mgin.NewMiddleware(limiter.New(memory.NewStore(), rate)))
	cranes := keepers.Group("/cranes")
	cranes.POST("/calm", y.calm)
	r.POST("/hail", y.hail)
}

func (y *Yard) members(sector string) []string {
	rows, err := y.db.Query("SELECT id FROM members WHERE sector = $1", sector)
	if err != nil {
		return nil
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids
}

func (y *Yard) hail(c *gin.Context) {
	members := y.members(c.Query("sector"))
	for _, id := range members {
		y.db.Exec("INSERT INTO hails (member) VALUES ($1)", id) // want "^Each request to `/hail` makes 1 INSERT on `hails` for each of `members`\. None of four"
	}
}

// Of a group below the one with the limit.
func (y *Yard) calm(c *gin.Context) {
	members := y.members(c.Query("sector"))
	for _, id := range members {
		y.db.Exec("INSERT INTO calls (member) VALUES ($1)", id)
	}
}
