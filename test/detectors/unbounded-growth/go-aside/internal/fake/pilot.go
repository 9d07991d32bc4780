package fake

// What stands in for a pilot in tests.
type Pilot struct {
	Told []string
}

func (p *Pilot) Tell(ship string) {
	p.Told = append(p.Told, ship)
}
