package lighthouse

// Windows runs on such machines, too.
func (b *Beacon) dim() {
	b.mu.Lock()
	b.lit = false
	b.mu.Unlock()
}
