package show

import (
	"fmt"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Backup says what a backup holds, and how it was checked.
func (w *Printer) Backup(to string, m *ledger.Manifest, checked string) {
	fmt.Fprintf(w.Out, "backed up to %s: %s; %s\n", terminal.Safe(to), w.contents(&m.Counts), checked)
}

// contents says how much is in a ledger.
func (w *Printer) contents(c *ledger.Counts) string {
	return fmt.Sprintf("%s, %s, %s", w.count(c.Postings, "posting"), w.count(c.Versions, "version"),
		w.count(c.Runs, "run"))
}

// Restored says what a data folder holds after a restore.
func (w *Printer) Restored(dir string, r *desk.Restored) {
	made := ""
	if !r.Made.IsZero() {
		made = ", backed up on " + r.Made.In(job.IST).Format("2006-01-02 at 15:04 IST")
	}
	w.say("The ledger in %s holds %s%s.", terminal.Safe(dir), w.contents(&r.Counts), made)
	if r.Kept != "" {
		w.say("The one that it replaced is kept as %s.", terminal.Safe(r.Kept))
	}
}
