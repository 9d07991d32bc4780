package mocks

import "sync"

type Memory struct {
	mu    sync.Mutex
	pages map[string]string
}

func (m *Memory) Put(key, page string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pages[key] = page
	return nil
}

func (m *Memory) Each(look func(key string) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range m.pages {
		if err := look(key); err != nil {
			return err
		}
	}
	return nil
}
