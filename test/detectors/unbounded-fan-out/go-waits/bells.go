package bells

import (
	"encoding/json"
	"net/http"
)

type Round struct{ Emails []string }

func routes() {
	http.HandleFunc("/ring", ring)
	http.HandleFunc("/write", write)
}

func ring(w http.ResponseWriter, r *http.Request) {
	var round Round
	json.NewDecoder(r.Body).Decode(&round)
	for _, email := range round.Emails {
		go note(email) // want-info "What is started waits for nothing outside the program: it ends soon\.$"
	}
}

func note(email string) { println(email) }

func write(w http.ResponseWriter, r *http.Request) {
	var round Round
	json.NewDecoder(r.Body).Decode(&round)
	for _, email := range round.Emails {
		go post(email) // want "starts 1 goroutine for each of `round.Emails`\. None of four .* no expiry\.$"
	}
}

func post(email string) { http.Get("http://letters.example/" + email) }
