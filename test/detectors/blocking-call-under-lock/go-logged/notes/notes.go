package notes

import (
	"fmt"
	"os"
)

type logging struct{ out *os.File }

var std = &logging{out: os.Stderr}

func Warningf(format string, args ...any) { std.printf(format, args...) }

func (l *logging) printf(format string, args ...any) {
	l.out.Write([]byte(fmt.Sprintf(format, args...)))
}

func Archive(name string) { std.archive(name) }

func (l *logging) archive(name string) { os.WriteFile(name, nil, 0o600) }
