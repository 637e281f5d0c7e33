package show

import (
	"fmt"
	"strings"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Fault shows a fault of the ledger or the index, and what mends it.
func (w *Printer) Fault(f *ledger.Fault) error {
	what := f.Kind
	if f.Key != "" {
		what += " " + f.Key
	}
	_, err := fmt.Fprintf(w.Out, "%s: %s. %s\n", terminal.Safe(what), terminal.Safe(f.Why), w.mend(f))
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// mend says what mends a fault.
func (w *Printer) mend(f *ledger.Fault) string {
	switch f.Mend {
	case ledger.MendForget:
		const format = "To mend it: %s, and the next crawl or import stores the posting anew"
		return fmt.Sprintf(format, terminal.Safe(w.Command("forget", f.Key)))
	case ledger.MendReread:
		return "To mend it: " + w.Command("relabel", "--apply")
	case ledger.MendRebuild:
		return "To mend it: " + w.Command("index", "rebuild")
	case ledger.MendReach:
		return "To see more: " + w.Command("index", "status")
	case ledger.MendRecrawl:
		return "The next crawl or import of the source mends it"
	}
	return "To mend it, put a backup in place: " + w.Command("restore", "--replace", "FILE")
}

// Verified says what was looked at, and how many faults there are.
func (w *Printer) Verified(v *desk.Verified) {
	var parts []string
	for _, l := range v.Looked[1:] { // the file is one
		parts = append(parts, w.figure(l.Rows)+" "+job.Plural(l.Rows, l.Kind, plural(l.Kind)))
	}
	if v.Index != nil && v.Index.Held != nil {
		parts = append(parts, "the index, which holds "+w.count(*v.Index.Held, "document"))
	}
	end := "all is right"
	if v.Faults > 0 {
		end = w.count(v.Faults, "fault")
	}
	w.say("Looked at the file, %s: %s.", strings.Join(parts, ", "), end)
}

// plural is that of a kind.
func plural(kind string) string {
	if stem, ok := strings.CutSuffix(kind, "y"); ok {
		return stem + "ies"
	}
	return kind + "s"
}
