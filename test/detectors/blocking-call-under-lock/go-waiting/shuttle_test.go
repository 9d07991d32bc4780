package works

import "testing"

func TestShuttle(t *testing.T) {
	shuttle.Throw("a")
	if shuttle.Row("a") == 0 {
		t.Fail()
	}
}
