package railway

import "testing"

func TestDrill(t *testing.T) {
	drill = true
}
