package dikes

import "net/http"

// What a map gathers of rows are as many.
func (d *Dikes) getOpen(w http.ResponseWriter, r *http.Request) {
	dry := make(map[int]Pump)
	pumps := d.allPumps()
	for _, pump := range pumps {
		if isDry(pump) {
			dry[pump.ID] = pump
		}
	}
	for id := range dry {
		d.db.Query("SELECT state FROM states WHERE pump = $1", id) // want "each of `dry` × 1 SELECT on `states`\.$"
	}
}

func isDry(pump Pump) bool { return pump.ID != 7 }
