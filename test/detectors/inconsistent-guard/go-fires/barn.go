package harbour

import "sync"

// Barn is made before the farm is, and changed by what the farm sets up.
type Barn struct {
	mu    sync.Mutex
	bales map[string]int
}

func (b *Barn) stack(field string) {
	b.bales[field]++ // want "`stack` changes `Barn.bales` .* the process ends\.$"
}

func (b *Barn) Bring(field string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bales[field]++
}

func (b *Barn) Take(field string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bales[field]--
}

func (b *Barn) Of(field string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bales[field]
}

type Farm struct{ barn *Barn }

func (f *Farm) Init(listen func(func(string))) {
	each := func(field string) {
		f.barn.stack(field)
	}
	listen(each)
}
