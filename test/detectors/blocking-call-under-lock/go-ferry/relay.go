package ferry

import (
	"net/http"
	"sync"
)

// Relay hands parcels on.
type Relay struct {
	in   chan string
	out  chan string
	quit chan struct{}
	wg   sync.WaitGroup
	once sync.Once
}

func (r *Relay) Begin() {
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		for {
			select {
			case parcel := <-r.in:
				select {
				case r.out <- parcel:
				case <-r.quit:
					return
				}
			case <-r.quit:
				return
			}
		}
	}()
}

func (r *Relay) End() {
	r.once.Do(func() {
		close(r.quit)
		r.wg.Wait()
	})
}

// Post is a relay with a name.
type Post struct{ relay *Relay }

func (p *Post) End() { p.relay.End() }

type Office struct {
	mu    sync.Mutex
	posts map[string]*Post
}

func serveOffice(o *Office) {
	http.HandleFunc("/posts", o.count)
	http.HandleFunc("/post", o.has)
}

func (o *Office) count(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.posts["last"] = o.posts["first"]
}

func (o *Office) has(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.posts["first"] = o.posts["last"]
}

// What it waits for only hands things on.
func (o *Office) Remove(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.posts[name].End() // want-info "`Remove` holds `Office.mu` while it waits .* What it waits for has been told to end just before\.$"
	delete(o.posts, name)
}
