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
	if len(answer.Unknown) > 0 {
		w.say("In no posting: %s.", terminal.Safe(strings.Join(answer.Unknown, ", ")))
	}
	if answer.Total == 0 {
		w.nothing(answer.Wider)
		return nil
	}
	rows := make([][]string, len(answer.Hits))
	for i := range answer.Hits {
		h := &answer.Hits[i]
		rows[i] = []string{h.ID, terminal.Cut(terminal.Safe(h.Title), 48), terminal.Cut(terminal.Safe(h.Company), 24),
			labelOf(h), h.Function, terminal.Cut(h.Place, 20), h.Pay, h.Posted}
	}
	n := answer.Total
	switch answer.Less {
	case 0:
		w.say("%s %s.", w.count(n, "posting"), job.Plural(n, "matches", "match"))
	default:
		w.say("No posting has all of it. %s %s all but %s.", w.count(n, "posting"),
			job.Plural(n, "has", "have"), job.Count(answer.Less, "part"))
	}
	table := terminal.Table{
		Head: []string{"id", "title", "company", "label", "function", "place", "pay", "posted"}, Left: 8, Rows: rows,
		Whole: []string{"id", "pay"}, Spare: []string{"function", "posted", "company", "place", "label", "pay"},
		Elsewhere: "--json, --format csv",
	}
	if err := table.Write(w.Out); err != nil {
		return err
	}
	for _, name := range []string{"label", "function", "city"} {
		w.say("%s: %s", name, w.counted(answer.Facets[name]))
	}
	return nil
}

// nothing says that nothing was found, and what would be.
func (w *Printer) nothing(wider []desk.Wider) {
	if len(wider) == 0 {
		w.say("No posting matches. Fewer words find more.")
		return
	}
	w.say("No posting matches all of it.")
	for _, other := range wider {
		without := "quotation marks"
		if len(other.Without) > 0 {
			without = terminal.Safe(terminal.Typed(other.Without...))
		}
		w.say("Without %s: %s.", without, w.count(other.Total, "posting"))
	}
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
		const format = "Read as, or the words themselves: %s. --exact takes the words alone."
		w.say(format, strings.Join(as, "; "))
	}
	if len(empty) > 0 {
		w.say("Left out: %s.", strings.Join(empty, ", "))
	}
}

// labelOf gives the label of a hit, marked where a person gave it.
func labelOf(h *indexer.Hit) string {
	if h.LabelledBy == job.ByHand {
		return h.Label + " (by hand)"
	}
	return h.Label
}

func (w *Printer) counted(counts []indexer.Count) string {
	var parts []string
	for _, c := range counts[:min(8, len(counts))] {
		parts = append(parts, fmt.Sprintf("%s %s", terminal.Safe(c.Value), w.figure(c.Count)))
	}
	if len(counts) > 8 {
		parts = append(parts, "…")
	}
	return strings.Join(slices.Clip(parts), ", ")
}
