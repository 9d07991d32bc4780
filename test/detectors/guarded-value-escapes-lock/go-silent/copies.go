package archive

import "sync"

type State struct{ pending map[string]int }

func (s *State) copyState() *State { return &State{pending: map[string]int{}} }

type Keeper interface{ State() *State }

type onDisk struct{ state State }

func (d *onDisk) State() *State { return &State{pending: map[string]int{}} }

type inMemory struct{ state State }

func (m *inMemory) State() *State { return &State{pending: map[string]int{}} }

type Clerk struct {
	mu     sync.Mutex
	keeper Keeper
	states map[string]*State
}

func (c *Clerk) Note(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.states[name].pending[name] = 1
}

func (c *Clerk) Forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.states[name].pending[name] = 0
}

// Which keeper answers is not known, nor whether with a copy.
func (c *Clerk) Pending() int {
	c.mu.Lock()
	state := c.keeper.State()
	c.mu.Unlock()
	return len(state.pending)
}

// The function's own.
func (c *Clerk) Drawn(name string) int {
	c.mu.Lock()
	copied := c.states[name].copyState()
	c.mu.Unlock()
	return len(copied.pending)
}

// Filled with what was made here.
func (c *Clerk) Listed() int {
	c.mu.Lock()
	list := make(map[string]*State)
	for name, state := range c.states {
		list[name] = state.copyState()
	}
	c.mu.Unlock()
	n := 0
	for _, state := range list {
		n += len(state.pending)
	}
	return n
}
