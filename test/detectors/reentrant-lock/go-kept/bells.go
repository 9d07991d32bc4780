package bells

import "sync"

// Bells tells whoever listens, with its lock held.
type Bells struct {
	mu    sync.Mutex
	rung  int
	heard []func(int)
}

func (b *Bells) Listen(hear func(int)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.heard = append(b.heard, hear)
}

func (b *Bells) Rung() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rung
}

func (b *Bells) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung++
	for _, hear := range b.heard {
		hear(b.rung) // RING
	}
}

// Tower is the one thing that is heard by another one of its kind: each has a lock of its own.
type Tower struct {
	mu   sync.Mutex
	high int
	tell func(int)
}

func (t *Tower) Rise(by int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.high += by
	t.tell(by)
}

var all = &Bells{}

func Start() {
	all.Listen(func(n int) { all.Rung() })
	second := &Tower{tell: func(int) {}}
	first := &Tower{tell: func(by int) { second.Rise(by) }}
	first.Rise(1)
	all.Ring()
}
