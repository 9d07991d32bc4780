package orchard

import (
	"testing"
	"time"
)

// What only a test repeats by the clock is not hot.
func TestRestock(t *testing.T) {
	run := func(s *Stock) {
		for {
			time.Sleep(time.Second)
			s.restock()
		}
	}
	run(&Stock{})
}
