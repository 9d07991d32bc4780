package ferry

import "testing"

func TestLoad(t *testing.T) {
	f := &Ferry{}
	f.load("Ada", true)
}
