package orchard

import "sync"

type Lane struct {
	sync.Mutex
	cars int
}

type Toll struct {
	lanes map[string]*Lane
	open  bool
}

// However many other questions are asked in between, the lane is there or it is not.
func (t *Toll) Pass(name string, isBus, isLate, isPaid, isLocal, isFull bool) {
	lane := t.lanes[name]
	if lane != nil {
		lane.Lock()
	}
	if isBus {
		t.note("bus")
	}
	if isLate {
		t.note("late")
	}
	if isPaid {
		t.note("paid")
	}
	if isLocal {
		t.note("local")
	}
	if isFull {
		t.note("full")
	}
	if !isBus {
		t.note("not bus")
	}
	if !isLate {
		t.note("not late")
	}
	if !isPaid {
		t.note("not paid")
	}
	if !isLocal {
		t.note("not local")
	}
	if !isFull {
		t.note("not full")
	}
	if lane != nil {
		lane.cars++
		lane.Unlock()
	}
}

func (t *Toll) note(string) {}
