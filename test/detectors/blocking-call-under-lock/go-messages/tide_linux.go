package pier

// No program has both files.
func (t *Tide) Measure() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.levels = append(t.levels, gauge())
}
