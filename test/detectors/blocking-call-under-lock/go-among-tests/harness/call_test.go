package harness

import "testing"

func TestCall(t *testing.T) { (&Pier{}).Pid() }
