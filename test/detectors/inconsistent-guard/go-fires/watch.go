package harbour

func (h *Harbour) Watch() {
	go func() {
		if h.open { // want "A function in `\(\*Harbour\).Watch` reads `Harbour.open`"
			println("open")
		}
	}()
}
