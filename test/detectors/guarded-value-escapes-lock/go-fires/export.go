package clinic

import "encoding/json"

func (c *Clinic) find(id string) *Patient { return c.patients[id] }

func (c *Clinic) Export(id string) ([]byte, error) {
	c.mu.Lock()
	p := c.find(id)
	c.mu.Unlock()
	return json.Marshal(p.Visits) // want "`Export` serialises `Patient.Visits`"
}

func (c *Clinic) ExportWhole(id string) ([]byte, error) {
	c.mu.Lock()
	p := c.patients[id]
	c.mu.Unlock()
	return json.Marshal(p) // want "`ExportWhole` serialises `Patient.(Age|Visits)`"
}

func (c *Clinic) CountVisits(id string) (n int) {
	c.mu.Lock()
	p := c.patients[id]
	c.mu.Unlock()
	for range p.Visits { // want "`CountVisits` uses `Patient.Visits`"
		n += len(id)
	}
	return n
}
