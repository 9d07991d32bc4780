package press

import (
	"encoding/json"
	"net/http"

	"golang.org/x/time/rate"
)

var gate = rate.NewLimiter(1, 5)

// Answers with a handler that asks first.
func seldom(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !gate.Allow() {
			http.Error(w, "later", http.StatusTooManyRequests)
			return
		}
		next(w, r)
	}
}

func press(grape string) { println(grape) }

func pressAll(w http.ResponseWriter, r *http.Request) {
	var grapes []string
	json.NewDecoder(r.Body).Decode(&grapes)
	for _, grape := range grapes {
		go press(grape) // want "None of four protections"
	}
}

func pressSeldom(w http.ResponseWriter, r *http.Request) {
	var grapes []string
	json.NewDecoder(r.Body).Decode(&grapes)
	for _, grape := range grapes {
		go press(grape)
	}
}

func rinseSeldom(w http.ResponseWriter, r *http.Request) {
	var casks []string
	json.NewDecoder(r.Body).Decode(&casks)
	for _, cask := range casks {
		go press(cask)
	}
}

func routes() {
	http.HandleFunc("/press", pressAll)
	http.HandleFunc("/press/seldom", seldom(pressSeldom))
}
