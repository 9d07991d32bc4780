package harbour

import "sync"

type hayTaker interface{ OnGrain(grain string) }

type hayPress struct{ to hayTaker }

func (p *hayPress) Feed(grain string) { p.grind(grain) }

func (p *hayPress) grind(grain string) { p.sift(grain) }

func (p *hayPress) sift(grain string) { p.blend(grain) }

func (p *hayPress) blend(grain string) { p.pour(grain) }

func (p *hayPress) pour(grain string) { p.to.OnGrain(grain) }

func (p *hayPress) Flush() { p.sift("rest") }

// HayLoft is told by its press, which Rest uses without the lock.
type HayLoft struct {
	mu    sync.Mutex
	sacks map[string]int
	press *hayPress
}

func NewHayLoft() *HayLoft {
	l := &HayLoft{sacks: map[string]int{}}
	l.press = &hayPress{to: l}
	return l
}

func (l *HayLoft) Bring(grain string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.press.Feed(grain)
	l.sacks[grain] = 0
}

func (l *HayLoft) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.press.Flush()
	l.sacks = map[string]int{}
}

func (l *HayLoft) Of(grain string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sacks[grain]
}

func (l *HayLoft) Rest() {
	l.press.Feed("rest")
}

func (l *HayLoft) OnGrain(grain string) {
	if grain == "last" {
		l.press.Flush()
	}
	l.store(grain)
}

func (l *HayLoft) store(grain string) {
	l.sacks[grain]++ // want "`store` changes `HayLoft.sacks` .* the process ends"
}
