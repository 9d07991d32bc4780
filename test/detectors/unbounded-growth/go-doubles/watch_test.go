package watch

import "testing"

func TestAsked(t *testing.T) {
	recorder := NewRecorder()
	recorder.Asked("heron")
}
