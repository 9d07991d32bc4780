package railway

import "sync"

// Board collects what it is told until the first timetable is there, and hands it on from then on.
type Board struct {
	mu     sync.Mutex
	isLive bool
	delays map[string]int
	tell   *Station
}

type Station struct {
	mu    sync.Mutex
	board *Board
	late  map[string]int
}

func (b *Board) Delay(train string, minutes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.isLive {
		b.tell.note(train, minutes)
		return
	}
	b.delays[train] = minutes
}

func (b *Board) goLive(each func(train string, minutes int)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.isLive {
		return
	}
	b.isLive = true
	for train, minutes := range b.delays {
		each(train, minutes)
	}
}

func (s *Station) note(train string, minutes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late[train] = minutes
}

func (s *Station) Open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board.goLive(func(train string, minutes int) { s.late[train] = minutes }) // want-info "`Open` takes `Board.mu` .* One of them only gets there behind a flag that the other has set"
}
