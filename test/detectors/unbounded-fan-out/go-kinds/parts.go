package quay

import (
	"encoding/json"
	"net/http"
	"time"
)

type Part struct {
	Kind    string
	Command string
}

type Order struct{ Parts []Part }

func routes() {
	http.HandleFunc("/order", order)
	http.HandleFunc("/orders", orders)
}

func order(w http.ResponseWriter, r *http.Request) {
	var o Order
	json.NewDecoder(r.Body).Decode(&o)
	for _, part := range o.Parts {
		handle(part) // want-info "Further on, it comes to this only for some kinds of them\.$"
	}
}

// Of a few kinds only one starts something.
func handle(part Part) {
	switch part.Kind {
	case "light":
		print(part.Kind)
	case "stream":
		switch part.Command {
		case "end":
			print(part.Command)
		case "start":
			go stream(part)
		}
	}
}

func orders(w http.ResponseWriter, r *http.Request) {
	var o Order
	json.NewDecoder(r.Body).Decode(&o)
	for _, part := range o.Parts {
		start(part) // want "starts 1 goroutine for each of `o\.Parts`\. None of four"
	}
}

func start(part Part) {
	go stream(part)
}

func stream(part Part) { time.Sleep(time.Second) }
