package harness

import "testing"

func TestMoor(t *testing.T) { (&Pier{}).Pid() }
