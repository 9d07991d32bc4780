package harbour

func (h *Harbour) record(name string) {
	h.markLeft(name) // want-step "calls `\(\*Harbour\)\.markLeft`"
}

func (h *Harbour) markLeft(name string) {
	h.db.Exec("UPDATE moorings SET gone = true WHERE name = ?", name) // want-step "goes to the database \(`update moorings`\)"
}
