package pilots

// Question is answered once.
type Question struct {
	Name  string
	Reply chan string
}

func Ask(name string) *Question {
	return &Question{Name: name, Reply: make(chan string, 1)}
}
