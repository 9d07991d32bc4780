package regatta

import (
	"database/sql"
	"time"
)

type Crew struct {
	ID    int
	Hours int
}

type Race struct {
	db     *sql.DB
	afloat []*Crew
	tick   int
}

func (r *Race) Start() {
	go r.run()
}

func (r *Race) run() { // want-step "runs every 6 ticks of 10 s"
	ticker := time.NewTicker(10 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			r.onTick() // want-step "calls `\(\*Race\).onTick`"
		}
	}
}

func (r *Race) onTick() {
	r.tick++
	if r.tick%6 == 0 {
		for _, crew := range r.afloat { // want-step "for each of `r.afloat`"
			r.addTime(crew, 60, true) // want "every 6 ticks of 10 s × each of `r.afloat` × 1 UPDATE on `crews` \(through `\(\*Race\).addTime`\)\. The `true` given for `persist` switches it on"
		}
	}
	for _, crew := range r.afloat {
		r.addTime(crew, 1, false)
	}
}

func (r *Race) addTime(crew *Crew, seconds int, persist bool) {
	crew.Hours += seconds
	if !persist {
		return
	}
	r.save(crew) // want-step "calls `\(\*Race\).save`"
}

func (r *Race) save(crew *Crew) {
	r.db.Exec("UPDATE crews SET hours = $1 WHERE id = $2", crew.Hours, crew.ID) // want-step "goes to the database \(`update crews`\)"
}
