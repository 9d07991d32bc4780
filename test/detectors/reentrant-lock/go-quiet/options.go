package harbour

import "sync"

type settings struct {
	alreadyLocked bool
	label         string
}

type Option func(*settings)

func withAlreadyLocked(is bool) Option {
	return func(s *settings) { s.alreadyLocked = is }
}

func withLabel(label string) Option {
	return func(s *settings) { s.label = label }
}

func settingsOf(options []Option) settings {
	var all settings
	for _, option := range options {
		option(&all)
	}
	return all
}

type Keys struct {
	mu   sync.Mutex
	uses int
}

// Verify says that it has the lock.
func (k *Keys) Verify() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.read(withLabel("verify"), withAlreadyLocked(true))
}

func (k *Keys) read(options ...Option) {
	if !settingsOf(options).alreadyLocked {
		k.mu.Lock()
		defer k.mu.Unlock()
	}
	k.uses++
}
