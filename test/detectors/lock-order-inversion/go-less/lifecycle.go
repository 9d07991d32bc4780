package railway

import "sync"

// Signal takes its two locks the other way round only while it is set up, and lets go of them when it goes out.
type Signal struct {
	state sync.Mutex
	lamps sync.Mutex
	wires sync.Mutex
	lit   int
}

func (s *Signal) Start() {
	s.state.Lock()
	defer s.state.Unlock()
	s.light()
}

func (s *Signal) light() {
	s.lamps.Lock()
	defer s.lamps.Unlock()
	s.lit++
}

func (s *Signal) Dim() {
	s.lamps.Lock()
	defer s.lamps.Unlock()
	s.state.Lock() // want-info "`Dim` takes `Signal.state` while it holds `Signal.lamps`.* One of them starts or ends the object that both locks belong to"
	defer s.state.Unlock()
	s.lit--
}

func (s *Signal) Close() {
	s.lamps.Lock()
	defer s.lamps.Unlock()
	s.cut()
}

func (s *Signal) cut() {
	s.wires.Lock()
	defer s.wires.Unlock()
	s.lit = 0
}

func (s *Signal) Rewire() {
	s.wires.Lock()
	defer s.wires.Unlock()
	s.lamps.Lock() // want-info "`Rewire` takes `Signal.lamps` while it holds `Signal.wires`.* One of them starts or ends"
	defer s.lamps.Unlock()
	s.lit = 1
}

type Platform struct {
	edge  sync.Mutex
	board sync.Mutex
	lines int
}

func (p *Platform) Announce() {
	p.board.Lock()
	defer p.board.Unlock()
	p.edge.Lock()
	defer p.edge.Unlock()
	p.lines++
}

func (p *Platform) Arrive() {
	p.Announce()
}

func (p *Platform) repaint() {
	p.edge.Lock()
	defer p.edge.Unlock()
	p.board.Lock() // want-info "`repaint` takes `Platform.board` while it holds `Platform.edge`.* Nothing outside tests calls one of them"
	defer p.board.Unlock()
	p.lines = 0
}
