package quarry

import "time"

// Seven calls away from the clock, and six.
func (q *Quarry) wander() {
	for range time.Tick(time.Second) {
		q.first()
		q.second()
	}
}

func (q *Quarry) first() { q.second() }
func (q *Quarry) second() { q.third() }
func (q *Quarry) third()  { q.fourth() }

func (q *Quarry) fourth() {
	for _, stone := range q.stones {
		q.push(stone) // want "1 UPDATE on `stones` \(through `\(\*Quarry\).push`\)\.$"
	}
	for _, stone := range q.stones {
		q.roll(stone) // want-info "It is a long way from the clock there, on which more than the clock decides\.$"
	}
}

func (q *Quarry) push(stone *Stone) {
	q.db.Exec("UPDATE stones SET pushed = true WHERE id = $1", stone.ID)
}

func (q *Quarry) roll(stone *Stone)    { q.rollOn(stone) }
func (q *Quarry) rollOn(stone *Stone)  { q.rollOut(stone) }
func (q *Quarry) rollOut(stone *Stone) { q.push(stone) }
