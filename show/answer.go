package show

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/indexer"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Answer shows hits.
func (w *Printer) Answer(answer *indexer.Answer) error {
	if answer.Total == 0 {
		_, err := fmt.Fprintln(w.Out, "No posting matches. Fewer words find more.")
		return err
	}
	rows := make([][]string, len(answer.Hits))
	for i := range answer.Hits {
		h := &answer.Hits[i]
		rows[i] = []string{h.ID, terminal.Cut(terminal.Safe(h.Title), 48), terminal.Cut(terminal.Safe(h.Company), 24),
			labelOf(h), h.Function, terminal.Cut(h.Place, 20), h.Pay, h.Posted}
	}
	fmt.Fprintf(w.Out, "%s %s.\n", job.Count(answer.Total, "posting"), job.Plural(answer.Total, "matches", "match"))
	if err := terminal.Table(w.Out, []string{"id", "title", "company", "label", "function", "place", "pay", "posted"},
		rows, 8); err != nil {
		return err
	}
	for _, name := range []string{"label", "function", "city"} {
		fmt.Fprintf(w.Out, "%s: %s\n", name, counted(answer.Facets[name]))
	}
	return nil
}

// labelOf gives the label of a hit, marked where a person gave it.
func labelOf(h *indexer.Hit) string {
	if h.LabelledBy == job.ByHand {
		return h.Label + " (by hand)"
	}
	return h.Label
}

func counted(counts []indexer.Count) string {
	var parts []string
	for _, c := range counts[:min(8, len(counts))] {
		parts = append(parts, fmt.Sprintf("%s %d", terminal.Safe(c.Value), c.Count))
	}
	if len(counts) > 8 {
		parts = append(parts, "…")
	}
	return strings.Join(slices.Clip(parts), ", ")
}
