package wells

import (
	"context"
	"net/http"
	"sync"

	"example.com/wells/meterpb"
)

// Wells are measured by the service that the stub calls.
type Wells struct {
	mu     sync.Mutex
	litres map[string]int
	meter  meterpb.MeterClient
	gauge  Gauge
}

// Gauge is measured by nothing but a generated mock.
type Gauge interface {
	Level(ctx context.Context) int
}

func (w *Wells) Report(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.litres[r.URL.Path]++
	w.meter.Report(r.Context(), &meterpb.Reading{Litres: w.litres[r.URL.Path]}) // want "`Report` holds `Wells.mu` while it goes to the network \(`grpc.ClientConnInterface.Invoke`\) through `Report`"
}

func (w *Wells) Read(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	out.WriteHeader(w.litres[r.URL.Path])
}

func (w *Wells) Count(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	out.WriteHeader(len(w.litres))
}

func (w *Wells) Look(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.litres[r.URL.Path] = w.gauge.Level(r.Context())
}

func main() {
	w := &Wells{litres: map[string]int{}}
	http.HandleFunc("/report", w.Report)
	http.HandleFunc("/read", w.Read)
	http.HandleFunc("/count", w.Count)
	http.HandleFunc("/look", w.Look)
	http.ListenAndServe(":8080", nil)
}
