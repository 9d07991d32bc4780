package archive

import "sync"

// Hooks are changed only on a copy that takes the place of the one others use.
type Hooks struct {
	mu   sync.Mutex
	list []func()
}

func (h *Hooks) Remove(i int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list[i] = h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
}

func (h *Hooks) Clone() *Hooks {
	h.mu.Lock()
	defer h.mu.Unlock()
	return &Hooks{list: append([]func(){}, h.list...)}
}

func (h *Hooks) Run() {
	h.mu.Lock()
	list := h.list
	h.mu.Unlock()
	for _, hook := range list {
		hook()
	}
}

type Office struct{ hooks *Hooks }

func (o *Office) Remove(i int) {
	changed := o.hooks.Clone()
	changed.Remove(i)
	o.hooks = changed
}

// What is alone in a list cannot change places.
type Handles struct {
	mu   sync.Mutex
	open map[int][]*Office
}

func (h *Handles) Of(id int) []*Office {
	h.mu.Lock()
	defer h.mu.Unlock()
	open := h.open[id]
	if len(open) <= 1 {
		return open
	}
	return append([]*Office{}, open...)
}

func (h *Handles) Close(id, i int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	open := h.open[id]
	open[i] = open[len(open)-1]
	h.open[id][0] = open[i]
	h.open[id] = open[:len(open)-1]
}

// A single value of a map is a copy.
type Marks struct {
	mu  sync.Mutex
	set map[string]interface{}
}

func (m *Marks) Put(name string, mark interface{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.set[name] = mark
}

func (m *Marks) IsSet(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if mark, ok := m.set[name]; ok {
		if is, ok := mark.(bool); ok {
			return is
		}
	}
	return false
}
