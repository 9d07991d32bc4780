package cork

import (
	"encoding/json"
	"net/http"

	"golang.org/x/time/rate"
)

var gate = rate.NewLimiter(1, 5)

func seldom(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !gate.Allow() {
			w.WriteHeader(429)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func cork(bottle string) { println(bottle) }

func corkAll(w http.ResponseWriter, r *http.Request) {
	var bottles []string
	json.NewDecoder(r.Body).Decode(&bottles)
	for _, bottle := range bottles {
		go cork(bottle)
	}
}

// All routes are put into the limit together.
func serve() {
	mux := http.NewServeMux()
	mux.HandleFunc("/cork", corkAll)
	http.ListenAndServe(":8080", seldom(mux))
}
