package sluice

import "sync"

type Command struct {
	mu    sync.Mutex
	gates []string
}

// What it returns ends the program.
func (c *Command) Run(args []string) int {
	c.mu.Lock()
	if len(args) == 0 {
		return 1 // want-info "The program ends with it: what it returns is an exit status\.$"
	}
	c.gates = args
	c.mu.Unlock()
	return 0
}

func (c *Command) Add(args []string) bool {
	c.mu.Lock()
	if len(args) == 0 {
		return false // want "Returns here with `Command.mu` still locked; other ways unlock it\.$"
	}
	c.gates = args
	c.mu.Unlock()
	return true
}
