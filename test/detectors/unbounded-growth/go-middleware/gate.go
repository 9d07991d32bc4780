package gate

import (
	"net/http"
	"sync"

	"github.com/go-chi/chi/v5"
)

type Gate struct {
	mu     sync.Mutex
	passed []string
	last   []string
}

func (g *Gate) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.note(r.RemoteAddr)
		next.ServeHTTP(w, r)
	})
}

func (g *Gate) note(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.passed = append(g.passed, address) // want "^`Gate\.passed` only ever grows"
	g.last = append(g.last, address)
	if len(g.last) > 10 {
		g.last = g.last[1:]
	}
}

type Toll struct {
	mu    sync.Mutex
	rates sync.Map
	paid  sync.Map
}

func (t *Toll) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.rates.LoadOrStore(r.RemoteAddr, 1) // want "^`Toll\.rates` only ever grows: each call of `\(\*Toll\)\.wrap`"
		t.paid.Store(r.RemoteAddr, 1)
		next.ServeHTTP(w, r)
		t.paid.Delete(r.RemoteAddr)
	})
}

func Serve() {
	t := &Toll{}
	http.ListenAndServe(":8080", t.wrap(Routes()))
}

func Routes() http.Handler {
	g := &Gate{}
	router := chi.NewRouter()
	router.Use(g.Wrap)
	router.Post("/ships", func(w http.ResponseWriter, r *http.Request) {})
	return router
}
