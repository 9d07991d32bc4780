package deck

import "context"

type run func(d *Deck, ctx context.Context, sector string) error

var commands = map[string]run{
	"hail": (*Deck).hail,
}

// Nobody asks for these.
var checks = map[string]run{
	"drill": (*Deck).drill,
}
