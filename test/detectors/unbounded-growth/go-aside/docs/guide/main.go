package main

import "net/http"

var visits = map[string]int{}

func main() {
	http.HandleFunc("/visit", visit)
}

// How it is used, and no service.
func visit(w http.ResponseWriter, r *http.Request) {
	visits[r.FormValue("ship")]++
}
