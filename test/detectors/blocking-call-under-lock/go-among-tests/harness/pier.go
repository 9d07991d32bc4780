package harness

import (
	"os/exec"
	"sync"
)

// Pier is there for the tests around it.
type Pier struct {
	mu  sync.Mutex
	cmd *exec.Cmd
}

func (p *Pier) Await() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd.Wait()
}

func (p *Pier) Pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cmd.Process.Pid
}
