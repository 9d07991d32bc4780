package library

import "sync"

type grainSink interface{ OnGrain(grain string) }

type grainPress struct{ to grainSink }

func (p *grainPress) Feed(grain string) { p.grind(grain) }

func (p *grainPress) grind(grain string) { p.sift(grain) }

func (p *grainPress) sift(grain string) { p.blend(grain) }

func (p *grainPress) blend(grain string) { p.pour(grain) }

func (p *grainPress) pour(grain string) { p.to.OnGrain(grain) }

func (p *grainPress) Flush() { p.sift("rest") }

// GrainLoft is told by its press, which it only uses with its lock held.
type GrainLoft struct {
	mu    sync.Mutex
	sacks map[string]int
	press *grainPress
}

func NewGrainLoft() *GrainLoft {
	l := &GrainLoft{sacks: map[string]int{}}
	l.press = &grainPress{to: l}
	return l
}

func (l *GrainLoft) Bring(grain string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.press.Feed(grain)
	l.sacks[grain] = 0
}

func (l *GrainLoft) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.press.Flush()
	l.sacks = map[string]int{}
}

func (l *GrainLoft) Of(grain string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sacks[grain]
}

func (l *GrainLoft) OnGrain(grain string) {
	if grain == "last" {
		l.press.Flush()
	}
	l.store(grain)
}

func (l *GrainLoft) store(grain string) {
	l.sacks[grain]++
}
