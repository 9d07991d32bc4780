package crews

import (
	"net/http"
	"sync"
)

type orders interface{ Count() int }

// Crews hire as long as there is work: each crew has a plan of its own, and makes it when it runs.
type Crews struct{ wanted []string }

type Crew struct{ plan orders }

func main() {
	crews := &Crews{}
	go crews.hire()
	yard := &Yard{}
	go yard.Run()
}

func (c *Crews) hire() {
	for range c.wanted {
		crew := &Crew{}
		crew.Run()
	}
}

func (c *Crew) Run() { c.plan = newPlan() }

type Plan struct {
	mu    sync.Mutex
	steps map[string]int
}

func newPlan() orders { return &Plan{steps: map[string]int{}} }

func (p *Plan) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.steps)
}

func (p *Plan) Step(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.steps[name]
}

func (p *Plan) Ask(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	http.Get("https://plans.example.com/" + name) // want-info "`Ask` holds `Plan.mu` .* only those who use the same one wait\.$"
	p.steps[name]++
}

// Yard is there once, and so is its board.
type Yard struct{ board orders }

func (y *Yard) Run() { y.board = newBoard() }

type Board struct {
	mu    sync.Mutex
	lines map[string]int
}

func newBoard() orders { return &Board{lines: map[string]int{}} }

func (b *Board) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.lines)
}

func (b *Board) Line(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lines[name]
}

func (b *Board) Ask(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	http.Get("https://boards.example.com/" + name) // want "`Ask` holds `Board.mu` .* 2 other functions that need the lock, such as `Count`, wait as long\.$"
	b.lines[name]++
}
