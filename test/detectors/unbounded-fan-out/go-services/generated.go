package guild

import (
	"context"
	"database/sql"

	"github.com/astaxie/beego"
	"github.com/go-openapi/runtime/middleware"
)

type PostNoticesParams struct{ Guild string }

type NoticesAPI struct{ db *sql.DB }

// Called by what go-swagger generates from a description.
func (a *NoticesAPI) PostNotices(ctx context.Context, params PostNoticesParams) middleware.Responder {
	rows, _ := a.db.QueryContext(ctx, "SELECT id FROM members WHERE guild = $1", params.Guild)
	for rows.Next() {
		a.db.ExecContext(ctx, "INSERT INTO posts (member) VALUES ($1)", 1) // want "Each call of `\(\*NoticesAPI\).PostNotices` makes 1 INSERT on `posts`"
	}
	return nil
}

type GuildController struct {
	beego.Controller
	db *sql.DB
}

func (c *GuildController) Announce() {
	rows, _ := c.db.Query("SELECT id FROM members WHERE guild = $1", c.GetString("guild"))
	for rows.Next() {
		c.db.Exec("INSERT INTO announcements (member) VALUES ($1)", 1) // want "Each call of `\(\*GuildController\).Announce` makes 1 INSERT on `announcements`"
	}
}

// A step of starting, by a name that has the shape of an action.
func (c *TowerController) StartAll() {
	rows, _ := c.db.Query("SELECT id FROM members")
	for rows.Next() {
		c.db.Exec("INSERT INTO posts (member) VALUES ($1)", 1)
	}
}

type TowerController struct{ db *sql.DB }

func start(towers *TowerController) {
	towers.StartAll()
}

// Takes what no route gives.
func (c *GuildController) remind(guild string) {
	rows, _ := c.db.Query("SELECT id FROM members WHERE guild = $1", guild)
	for rows.Next() {
		c.db.Exec("INSERT INTO reminders (member) VALUES ($1)", 1)
	}
}

type mutationResolver struct{ db *sql.DB }

// Called by what gqlgen generates from a schema.
func (r *mutationResolver) CloseGuild(ctx context.Context, guild string) (bool, error) {
	rows, _ := r.db.QueryContext(ctx, "SELECT id FROM members WHERE guild = $1", guild)
	for rows.Next() {
		r.db.ExecContext(ctx, "INSERT INTO farewells (member) VALUES ($1)", 1) // want "Each call of `\(\*mutationResolver\).CloseGuild` makes 1 INSERT on `farewells`"
	}
	return true, nil
}
