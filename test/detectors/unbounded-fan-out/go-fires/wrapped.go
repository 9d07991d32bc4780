package guild

import "net/http"

func (a *API) wrappedRoutes() {
	http.HandleFunc("/feasts", a.known(a.feast))
}

func (a *API) known(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			http.Error(w, "who is there?", http.StatusUnauthorized)
			return
		}
		next(w, r)
	}
}

func (a *API) feast(w http.ResponseWriter, r *http.Request) {
	for _, member := range a.members() {
		a.db.Exec("INSERT INTO plates (member) VALUES ($1)", member.ID) // want "Each request to `/feasts` makes 1 INSERT on `plates` for each of `a.members\(\)`"
	}
}
