package shipyard

import "testing"

func TestRate(t *testing.T) {
	ratios := &Ratios{}
	ratios.Add(1)
	if ratios.Rate() != 1 || ratios.Half() != 0 {
		t.Fatal(ratios)
	}
}
