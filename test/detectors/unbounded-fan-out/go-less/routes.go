package choir

import (
	"database/sql"

	"github.com/gin-gonic/gin"
	"github.com/ulule/limiter/v3"
	ginlimit "github.com/ulule/limiter/v3/drivers/middleware/gin"
)

type API struct{ db *sql.DB }

// One limit before all of many routes says nothing of what one of them does.
func routes(r *gin.Engine, api *API, limits *limiter.Limiter) {
	r.Use(ginlimit.NewMiddleware(limits))
	r.GET("/songs", api.empty)
	r.GET("/songs/:id", api.empty)
	r.PUT("/songs/:id", api.empty)
	r.DELETE("/songs/:id", api.empty)
	r.GET("/singers", api.empty)
	r.GET("/singers/:id", api.empty)
	r.PUT("/singers/:id", api.empty)
	r.DELETE("/singers/:id", api.empty)
	r.GET("/concerts", api.empty)
	r.PUT("/concerts/:id", api.empty)
	r.POST("/concerts", api.announce)
	r.POST("/rehearsals", ginlimit.NewMiddleware(limits), api.rehearse)
}

func (a *API) empty(c *gin.Context) {}

func (a *API) announce(c *gin.Context) {
	rows, _ := a.db.Query("SELECT id FROM singers WHERE choir = $1", c.Param("choir"))
	for rows.Next() {
		a.db.Exec("INSERT INTO notices (singer) VALUES ($1)", 1) // want-info "Of four protections only a rate limit for all routes was found on the way: no de-duplication, no cap and no expiry\. Only a note: The limit bounds how often somebody asks, not how much is made each time\.$"
	}
}

func (a *API) rehearse(c *gin.Context) {
	rows, _ := a.db.Query("SELECT id FROM singers WHERE choir = $1", c.Param("choir"))
	for rows.Next() {
		a.db.Exec("INSERT INTO reminders (singer) VALUES ($1)", 1)
	}
}
