package field

import (
	"context"
	"log"

	"example.com/farm/store"
)

const waterEvery = 15

type Plant struct {
	Name  string
	Water int
}

type Field struct {
	plants map[string]*Plant
	kept   *store.Store
	isDry  bool
}

func (f *Field) Step(n int) {
	if n%waterEvery == 0 {
		for _, p := range f.growing() {
			f.water(p, 3, true) // want "every 15 ticks of 2 s × each of `f.growing\(\)` × 1 UPDATE on `plants` \(through `\(\*Field\).water`\). The `true` given for `keep` switches it on\.$"
		}
	}
}

func (f *Field) growing() []*Plant {
	var all []*Plant
	for _, p := range f.plants {
		all = append(all, p)
	}
	return all
}

func (f *Field) water(p *Plant, litres int, keep bool) {
	p.Water += litres
	if keep {
		if err := f.save(context.Background(), p); err != nil {
			log.Println(err)
		}
	}
}

func (f *Field) save(ctx context.Context, p *Plant) error {
	return f.kept.Save(ctx, p.Name, p.Water)
}

// What the weather has to say decides here.
func (f *Field) Tend(n int) {
	if f.isDry {
		for _, p := range f.growing() {
			f.mend(p) // want-info "Further on, it comes to this only under a condition\.$"
		}
	}
}

func (f *Field) mend(p *Plant) {
	if p.Water < 0 {
		f.replant(p)
	}
}

func (f *Field) replant(p *Plant) {
	f.save(context.Background(), p)
}
