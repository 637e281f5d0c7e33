package show

import (
	"fmt"
	"strings"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/trust"
)

// Signalled shows a posting with its signals, each with what it rests on.
func (w *Printer) Signalled(s *desk.Signalled) error {
	var b strings.Builder
	head := strings.Join(filled(s.Title, string(s.Company)), " · ")
	fmt.Fprintf(&b, "%s  %s\n", terminal.Safe(s.ID), terminal.Safe(head))
	for i := range s.Signals {
		b.WriteString(w.signal(s.Posting, &s.Signals[i], "  "))
	}
	_, err := fmt.Fprintln(w.Out, b.String())
	return err
}

// signal gives the line of one signal.
func (w *Printer) signal(p *job.Posting, s *trust.Signal, before string) string {
	line := before + string(s.Kind) + ": " + s.Says
	if s.Because != "" {
		line += "; " + s.Because
	}
	if s.Field != "" {
		line += fmt.Sprintf("; %s %d–%d: %s", s.Field, s.Start, s.End, w.marked(p.Text(s.Field), s.Start, s.End))
	}
	return line + "\n"
}

// SignalCounts shows how many postings give signals.
func (w *Printer) SignalCounts(c *desk.SignalCounts) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s with signals\n", w.figure(c.Signalled), w.count(c.Looked, "posting"))
	for _, k := range trust.Kinds {
		if n, asked := c.Of[k]; asked {
			fmt.Fprintf(&b, "  %s %s: %s\n", w.figure(n), k, k.Says())
		}
	}
	_, err := fmt.Fprint(w.Out, b.String())
	return err
}
