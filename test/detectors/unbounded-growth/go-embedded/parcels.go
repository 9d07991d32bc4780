package parcels

import (
	"io"
	"net/http"
	"sync"
)

// Closing is part of what embeds it.
type Closing struct {
	later []io.Closer
}

func (c *Closing) Add(closer io.Closer) {
	c.later = append(c.later, closer)
}

// Ledger is part of what lives as long as the process.
type Ledger struct {
	lines []string
}

func (l *Ledger) Note(line string) {
	l.lines = append(l.lines, line) // want "`Ledger.lines` only ever grows"
}

type Wrapping struct {
	Closing
}

type Parcel struct {
	Wrapping
}

type Office struct {
	mu sync.Mutex
	Ledger
}

func NewOffice() *Office { return &Office{} }

func (o *Office) send(w http.ResponseWriter, r *http.Request) {
	parcel := Parcel{}
	parcel.Closing.Add(r.Body)
	o.Ledger.Note(r.FormValue("seal"))
}

func main() {
	http.HandleFunc("/send", NewOffice().send)
}
