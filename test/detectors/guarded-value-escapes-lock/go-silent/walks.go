package archive

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
)

var errNoBranch = errors.New("no branch")

// Tree is walked from its root: what is given is what the walk comes to.
type Tree struct {
	mu   sync.RWMutex
	root map[string]any
}

func (t *Tree) Get(path string) (interface{}, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	current := interface{}(t.root)
	for _, part := range strings.Split(path, ".") {
		switch inside := current.(type) {
		case map[string]any:
			current = inside[part]
		default:
			return nil, errNoBranch
		}
	}
	return current, nil
}

func (t *Tree) Set(key string, value any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.root[key] = value
}

type Member struct {
	Name string
	Keys []string
}

// Members are read in and put right before others can have them.
type Members struct {
	mu   sync.RWMutex
	all  map[string]*Member
	name string
}

func (r *Members) load(data []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var members []*Member
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	r.all = make(map[string]*Member)
	for _, member := range members {
		for i, key := range member.Keys {
			member.Keys[i] = strings.TrimSpace(key)
		}
		r.all[member.Name] = member
	}
	return nil
}

func (r *Members) find(name string) (*Member, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	member, ok := r.all[name]
	return member, ok
}

func (r *Members) HasKey(name, key string) bool {
	member, ok := r.find(name)
	if !ok {
		return false
	}
	for _, known := range member.Keys {
		if known == key {
			return true
		}
	}
	return false
}

type Rules struct {
	Limit int
	Words []string
}

func (r *Rules) Copy() *Rules {
	words := append([]string{}, r.Words...)
	return &Rules{Limit: r.Limit, Words: words}
}

// House gives its rules away, and changes a copy.
type House struct {
	mu    sync.Mutex
	rules *Rules
}

func (h *House) Rules() *Rules {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rules
}

func (h *House) update(change func(*Rules)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	rules := h.rules.Copy()
	change(rules)
	h.rules = rules
}

func (h *House) SetLimit(limit int) { h.update(func(r *Rules) { r.Limit = limit }) }

func (h *House) Forbid() { h.update(func(r *Rules) { r.Limit = 0 }) }

func (h *House) Allows(count int) bool {
	rules := h.Rules()
	return count <= rules.Limit
}
