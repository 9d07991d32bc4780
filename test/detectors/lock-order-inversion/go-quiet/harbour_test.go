package harbour

import "testing"

// The other way round, in a test only.
func TestTotal(t *testing.T) {
	ship := Quiet.ships["a"]
	ship.mu.Lock()
	defer ship.mu.Unlock()
	Quiet.Total()
}

var Quiet = &Harbour{}
