package orchard

import "time"

func waitUnderLock(o *Orchard) {
	o.mu.Lock()
	defer o.mu.Unlock()
	time.Sleep(time.Second)
	o.db.Exec("DELETE FROM trees")
}
