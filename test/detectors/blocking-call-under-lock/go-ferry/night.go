package ferry

import "sync"

type Night struct {
	quit chan struct{}
	wg   sync.WaitGroup
}

func (n *Night) End() {
	close(n.quit)
	n.wg.Wait()
}
