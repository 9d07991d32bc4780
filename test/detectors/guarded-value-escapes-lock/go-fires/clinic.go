package clinic

import (
	"sync"
)

type Patient struct {
	Name   string
	Visits map[string]int
	Age    int
}

type Clinic struct {
	mu       sync.Mutex
	patients map[string]*Patient
	beds     map[string]string
	notes    []string
}

func (c *Clinic) Admit(id, bed string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.patients[id] = &Patient{Visits: map[string]int{}}
	c.beds[bed] = id
	c.notes[0] = id
}

func (c *Clinic) Visit(id, day string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.patients[id].Visits[day]++
	c.patients[id].Age++
}

func (c *Clinic) Birthday(id string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.patients[id].Age
}

func (c *Clinic) Beds() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.beds // want "`Beds` returns `Clinic.beds` itself"
}

func (c *Clinic) PrintBeds() {
	c.mu.Lock()
	beds := c.beds
	c.mu.Unlock()
	for bed := range beds { // want "`PrintBeds` uses `Clinic.beds` after"
		println(bed)
	}
}

func (c *Clinic) BedOf(bed string) string {
	c.mu.Lock()
	beds := c.beds
	c.mu.Unlock()
	return beds[bed] // want "`BedOf` uses `Clinic.beds` after"
}

func (c *Clinic) Age(id string) int {
	c.mu.Lock()
	p := c.patients[id]
	c.mu.Unlock()
	return p.Age // want "`Age` uses `Patient.Age` after it has released `Clinic.mu`, while `Visit`"
}

func (c *Clinic) LastNote() string {
	c.mu.Lock()
	notes := c.notes
	c.mu.Unlock()
	return notes[0] // want "`LastNote` uses `Clinic.notes`"
}
