package orchard

import "sync"

type Stand struct {
	mu     sync.Mutex
	apples int
}
