package harness

import "testing"

func TestLeave(t *testing.T) { (&Pier{}).Pid() }
