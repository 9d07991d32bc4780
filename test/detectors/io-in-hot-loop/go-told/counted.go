package dikes

import "net/http"

// What is filled up to a number is gone over by nobody.
func (d *Dikes) pick(w http.ResponseWriter, r *http.Request) {
	var found []string
	wanted := len(d.sluices)
	for i := 0; len(found) < wanted && i < 3; i++ {
		var name string
		d.db.QueryRow("SELECT name FROM windows WHERE slot = $1", i).Scan(&name)
		found = append(found, name)
	}
}
