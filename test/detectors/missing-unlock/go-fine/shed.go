package orchard

import "sync"

type Barn interface {
	enter()
	leave()
}

type openBarn struct{}

func (openBarn) enter() {}
func (openBarn) leave() {}

type lockedBarn struct{ door sync.Mutex }

func (b *lockedBarn) enter() { b.door.Lock() }
func (b *lockedBarn) leave() { b.door.Unlock() }

// Which barn it is, is not known.
func fill(b Barn, full bool) bool {
	b.enter()
	if full {
		return false
	}
	b.leave()
	return true
}
