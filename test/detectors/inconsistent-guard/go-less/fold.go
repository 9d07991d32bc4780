package mill

import "sync"

type Fold struct {
	mu    sync.Mutex
	sheep map[string]int
	bells []func()
	count int
}

func (f *Fold) Drive(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sheep[name]++
	f.count++
}

func (f *Fold) Lose(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.sheep, name)
	f.count--
}

func (f *Fold) Shut() {
	f.Close()
}

func (f *Fold) Close() {
	f.forgetAll()
}

func (f *Fold) forgetAll() {
	f.sheep = nil // want-info "`forgetAll` .* It runs when something ends"
}

func (f *Fold) Ring() {
	f.mu.Lock()
	bells := f.bells
	f.mu.Unlock()
	for _, bell := range bells {
		bell()
	}
}

func (f *Fold) Hang(bell func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bells = append(f.bells, bell)
}

func (f *Fold) Mute() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bells = nil
}

// Hear begins with it, and looks at the old value all the same.
func (f *Fold) Hear(bell func()) {
	f.bells = append(f.bells, bell) // want "`Hear` (?:writes|changes) `Fold.bells` without `Fold.mu`"
	println(len("heard"))
}
