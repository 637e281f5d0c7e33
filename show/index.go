package show

import (
	"fmt"
	"io"
	"strings"

	"jobsieve/indexer/chosen"
	"jobsieve/internal/terminal"
)

// Status shows how an index compares with the ledger.
func (w *Printer) Status(s *chosen.Status) error {
	var b strings.Builder
	const format = "index %s: %s = %s delivered + %s waiting + %s refused\n"
	fmt.Fprintf(&b, format, s.Index, w.count(s.Taken, "document"), w.figure(s.Delivered), w.figure(s.Waiting),
		w.figure(s.Refused))
	if s.Error != "" {
		fmt.Fprintf(&b, "not reached: %s\n", terminal.Safe(s.Error))
	}
	if s.Name != "" {
		fmt.Fprintf(&b, "server %s; index %s\n", s.Server, s.Name)
	}
	if s.Health != nil {
		fmt.Fprintf(&b, "its copies: %s\n", terminal.Safe(s.Health.String()))
	}
	if s.Held != nil {
		fmt.Fprintf(&b, "the index holds %s\n", w.count(*s.Held, "document"))
	}
	if s.Differs != "" {
		fmt.Fprintf(&b, "The index is not the ledger's: %s. To mend it: %s\n", terminal.Safe(s.Differs), s.Mend)
	}
	for _, d := range s.Drift {
		fmt.Fprintf(&b, "mapping: %s\n", terminal.Safe(d))
	}
	if len(s.Drift) > 0 {
		fmt.Fprintf(&b, "The mapping is not this program's. To mend it: %s\n", w.Command("index", "rebuild"))
	}
	if _, err := io.WriteString(w.Out, b.String()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// Deliveries shows what became of the documents, and where the index does not
// hold what it took.
func (w *Printer) Deliveries(s *chosen.Status) {
	const format = "%s = %s delivered + %s waiting + %s refused\n"
	fmt.Fprintf(w.Out, format, w.count(s.Taken, "document"), w.figure(s.Delivered), w.figure(s.Waiting),
		w.figure(s.Refused))
	if s.Differs != "" {
		const format = "The index is not the ledger's: it holds %s; %s. To mend it: %s\n"
		fmt.Fprintf(w.Out, format, w.count(*s.Held, "document"), terminal.Safe(s.Differs), s.Mend)
	}
}
