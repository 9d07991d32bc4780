package kept

import "sync"

// Store keeps what a map holds, in whatever way its owner chose.
type Store[V any] interface {
	Put(key string, value V) error
}

type Map[V any] struct {
	mu    sync.Mutex
	store Store[V]
	known map[string]V
}

func New[V any](store Store[V]) *Map[V] {
	return &Map[V]{store: store, known: map[string]V{}}
}

func (m *Map[V]) Set(key string, value V) error {
	if err := m.store.Put(key, value); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[key] = value
	return nil
}
