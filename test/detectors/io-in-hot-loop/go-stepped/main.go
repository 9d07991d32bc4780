package main

import (
	"time"

	"example.com/farm/field"
)

func main() {
	f := &field.Field{}
	n := 0
	for range time.Tick(2 * time.Second) {
		n++
		f.Step(n)
		f.Tend(n)
	}
}
