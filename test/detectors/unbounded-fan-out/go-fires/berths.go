package guild

import "net/http"

func (a *API) berthRoutes() { http.HandleFunc("/berths", a.fill) }

func (a *API) fill(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.choose(r.FormValue("guild")) {
		a.db.Exec("INSERT INTO berths (member) VALUES ($1)", member.ID) // want "Each request to `/berths` makes 1 INSERT on `berths`"
	}
}

// Only whether there are any is looked at, and where they go.
func (a *API) choose(guild string) []*Member {
	rows, err := a.db.Query("SELECT id FROM members WHERE guild = $1", guild)
	if err != nil {
		return nil
	}
	var chosen []*Member
	for rows.Next() {
		chosen = append(chosen, &Member{})
	}
	if len(chosen) > 0 {
		return chosen
	}
	return nil
}
