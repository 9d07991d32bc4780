package sawmill

import "net/http"

type Mill struct {
	tickets chan struct{}
	logs    []string
	waiting map[string]chan string
	open    []string
}

func (m *Mill) saw(w http.ResponseWriter, r *http.Request) {
	for range m.logs {
		m.sawIfFree()
	}
}

// Starts only what there are tickets for.
func (m *Mill) sawIfFree() {
	select {
	case m.tickets <- struct{}{}:
		go m.cut()
	default:
	}
}

func (m *Mill) sawAll(w http.ResponseWriter, r *http.Request) {
	m.tickets <- struct{}{}
	for range m.logs {
		go m.cut() // want "starts 1 goroutine for each of `m.logs`"
	}
}

func (m *Mill) cut() { <-m.tickets }

// Who waits is told, and that is all.
func (m *Mill) tell(w http.ResponseWriter, r *http.Request) {
	log := r.FormValue("log")
	for _, waiting := range m.waiting {
		go func() { waiting <- log }()
	}
	for _, gate := range m.open {
		go func() { // want "starts 1 goroutine for each of `m.open`"
			println(gate)
		}()
	}
}

func (m *Mill) routes() {
	http.HandleFunc("/saw", m.saw)
	http.HandleFunc("/saw-all", m.sawAll)
	http.HandleFunc("/tell", m.tell)
}
