package quay

import (
	"bufio"
	"io"
	"net/http"
)

type Horn struct{}

func (h *Horn) run() {}

type Yard struct {
	lights []string
	horns  []string
	bells  []string
	files  []string
	sirens []*Horn
	drums  []*Horn
}

func (y *Yard) routes() {
	http.HandleFunc("/lights", y.startLights)
	http.HandleFunc("/horns", y.startHorns)
	http.HandleFunc("/bells", y.pack)
}

// They are started once, and kept.
func (y *Yard) startLights(w http.ResponseWriter, r *http.Request) {
	if len(y.sirens) == 0 {
		for _, light := range y.lights {
			y.startLight(light) // want-info "What is started is noted: another request finds it there, and starts no more\.$"
		}
	}
}

func (y *Yard) startLight(light string) {
	horn := &Horn{}
	y.sirens = append(y.sirens, horn)
	go horn.run()
}

// Another list is asked than the one it is put into.
func (y *Yard) startHorns(w http.ResponseWriter, r *http.Request) {
	if len(y.drums) == 0 {
		for range y.horns {
			y.startLight("") // want "starts 1 goroutine for each of `y\.horns`\. None of four"
		}
	}
}

// What feeds a pipe ends with what reads it.
func (y *Yard) pack(w http.ResponseWriter, r *http.Request) {
	for _, file := range y.files {
		y.packOne(file)
	}
	for _, bell := range y.bells {
		y.ringOne(bell) // want "starts 1 goroutine for each of `y\.bells`\. None of four"
	}
}

func (y *Yard) packOne(file string) {
	reader, writer := io.Pipe()
	go func() {
		writer.Write([]byte(file))
		writer.Close()
	}()
	bufio.NewReader(reader).ReadString('\n')
}

func (y *Yard) ringOne(bell string) {
	go func() {
		print(bell)
	}()
}
