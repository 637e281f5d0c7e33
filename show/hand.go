package show

import (
	"fmt"
	"io"
	"strings"

	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Label shows which label a posting has, and who gave it.
func (w *Printer) Label(r *ledger.Record) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s: %s\n", terminal.Safe(r.Posting.Source), terminal.Safe(r.Posting.ID),
		terminal.Safe(r.Posting.Title))
	explainLabel(&b, r)
	if _, err := io.WriteString(w.Out, b.String()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// explainLabel shows the label by hand, where there is one, and the rules' verdict.
func explainLabel(b *strings.Builder, r *ledger.Record) {
	if h := r.Hand; h != nil {
		by := ""
		if h.By != "" {
			by = " by " + terminal.Safe(h.By)
		}
		fmt.Fprintf(b, "%s, %s: labelled by hand on %s%s: %s\nthe rules: ", h.Label, h.Function,
			h.At.Local().Format("2006-01-02"), by, terminal.Safe(h.Because))
	}
	v := &r.Verdict
	fmt.Fprint(b, v.Label)
	if v.Label != job.Unclassified {
		fmt.Fprintf(b, ", %s", v.Function)
	} else {
		fmt.Fprintf(b, " (%s)", v.Reason)
	}
	fmt.Fprintf(b, ": score %.2f, margin %.2f, outsourced %v, rules %s\n", v.Score, v.Margin, v.Outsourced,
		v.RulesVersion)
}
