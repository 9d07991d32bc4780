package library

import "testing"

func TestEvicted(t *testing.T) {
	c := NewCellar()
	c.onEvict("a", 1)
}
