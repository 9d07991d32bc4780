package mill

import "testing"

func TestReport(t *testing.T) {
	m := &Mill{sacks: map[string]int{}}
	m.report()
}
