package show

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/question"
)

// Answer shows how a question was read, and hits.
func (w *Printer) Answer(answer *desk.Answer) error {
	w.understood(answer.Understood)
	if answer.Total == 0 && !answer.Near {
		_, err := fmt.Fprintln(w.Out, "No posting matches. Fewer words find more.")
		return err
	}
	rows := make([][]string, len(answer.Hits))
	for i := range answer.Hits {
		h := &answer.Hits[i]
		rows[i] = []string{h.ID, terminal.Cut(terminal.Safe(h.Title), 48), terminal.Cut(terminal.Safe(h.Company), 24),
			labelOf(h), h.Function, terminal.Cut(h.Place, 20), h.Pay, h.Posted}
	}
	switch {
	case answer.Near:
		w.near(answer)
	case len(answer.Without) > 0:
		fmt.Fprintf(w.Out, "No posting has all of it. Without %s %s %s.\n", typed(answer.Without),
			job.Count(answer.Total, "posting"), job.Plural(answer.Total, "matches", "match"))
	default:
		fmt.Fprintf(w.Out, "%s %s.\n", job.Count(answer.Total, "posting"), job.Plural(answer.Total, "matches", "match"))
	}
	if err := terminal.Table(w.Out, []string{"id", "title", "company", "label", "function", "place", "pay", "posted"},
		rows, 8); err != nil {
		return err
	}
	if answer.Near {
		return nil
	}
	for _, name := range []string{"label", "function", "city"} {
		fmt.Fprintf(w.Out, "%s: %s\n", name, counted(answer.Facets[name]))
	}
	return nil
}

// near says that no posting has all that is asked for.
func (w *Printer) near(answer *desk.Answer) {
	fmt.Fprint(w.Out, "No posting has all of it.")
	if len(answer.Without) > 0 {
		n := answer.WithoutTotal
		fmt.Fprintf(w.Out, " Without %s %s %s.", typed(answer.Without), job.Count(n, "posting"),
			job.Plural(n, "matches", "match"))
	}
	fmt.Fprintln(w.Out, " These have the most of it:")
}

// understood says what the parts of a question are taken for.
func (w *Printer) understood(parts []question.Part) {
	var as, empty []string
	for _, p := range parts {
		what := p.As
		if p.Corrected != "" {
			what = append([]string{p.Corrected + "?"}, what...)
		}
		switch {
		case p.Empty:
			empty = append(empty, terminal.Safe(p.Typed))
		default:
			as = append(as, fmt.Sprintf("%s = %s", terminal.Safe(p.Typed), terminal.Safe(strings.Join(what, " or "))))
		}
	}
	if len(as) > 0 {
		const format = "Read as, or the words themselves: %s. --exact takes the words alone.\n"
		fmt.Fprintf(w.Out, format, strings.Join(as, "; "))
	}
	if len(empty) > 0 {
		fmt.Fprintf(w.Out, "Left out: %s.\n", strings.Join(empty, ", "))
	}
}

// typed gives parts of a question as they were typed.
func typed(parts []question.Part) string {
	var out []string
	for _, p := range parts {
		out = append(out, terminal.Safe(p.Typed))
	}
	return strings.Join(out, ", ")
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
