package wards

import "sync"

type Alarms struct {
	mu  sync.RWMutex
	ear map[string]func(string)
}

func (a *Alarms) Subscribe(ward string, heard func(string)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ear[ward] = heard
}

func (a *Alarms) Ring(ward string) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	a.one(ward) // want-info "nobody goes on\. Only a note: All who take it for writing register something"
}

func (a *Alarms) one(ward string) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	a.ear[ward](ward)
}

type Bells struct {
	mu  sync.RWMutex
	ear map[string]func(string)
}

func (b *Bells) Subscribe(ward string, heard func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ear[ward] = heard
}

func (b *Bells) Forget(ward string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.ear, ward)
}

func (b *Bells) Ring(ward string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.one(ward) // want "calls `one`, which takes it again"
}

func (b *Bells) one(ward string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.ear[ward](ward)
}

func Night(a *Alarms, b *Bells) {
	a.Ring("north")
	b.Ring("north")
}
