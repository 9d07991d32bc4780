package railway

import "testing"

func TestEquals(t *testing.T) {
	one, other := &parcel{weight: 1}, &parcel{weight: 1}
	if !one.equals(other) {
		t.Fatal("not equal")
	}
}
