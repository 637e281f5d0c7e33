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
		w.nothing(answer)
		return nil
	}
	n := answer.Total
	switch answer.Less {
	case 0:
		w.say("%s %s.", w.count(n, "posting"), job.Plural(n, "matches", "match"))
	default:
		w.say("No posting has all of it. %s %s all but %s.", w.count(n, "posting"),
			job.Plural(n, "has", "have"), job.Count(answer.Less, "part"))
	}
	if left := answer.ClosedLeftOut; left > 0 {
		w.say("%s more %s closed: --all.", w.figure(left), job.Plural(left, "is", "are"))
	}
	if err := hits(answer.Hits).Write(w.Out); err != nil {
		return err
	}
	if n := answer.Folded; n > 0 {
		w.say("%s of the same vacancies %s left out: --per posting.", w.count(n, "posting"), job.Plural(n, "is", "are"))
	}
	for _, name := range []string{"label", "function", "city"} {
		w.say("%s: %s", name, w.counted(answer.Facets[name]))
	}
	return nil
}

// hits makes the table of hits, with the days on which they closed where some are, and
// where else their vacancies stand where they do.
func hits(all []desk.Card) *terminal.Table {
	table := &terminal.Table{
		Head:  []string{"id", "title", "company", "label", "function", "place", "pay", "posted"},
		Whole: []string{"id", "pay"}, Spare: []string{"also", "function", "posted", "company", "place", "label", "pay"},
		Elsewhere: "--json, --format csv",
	}
	someClosed := slices.ContainsFunc(all, func(c desk.Card) bool { return c.Closed != "" })
	if someClosed {
		table.Head = append(table.Head, "closed")
	}
	someAlso := slices.ContainsFunc(all, func(c desk.Card) bool { return alsoIn(&c) != "" })
	if someAlso {
		table.Head = append(table.Head, "also")
	}
	table.Left = len(table.Head)
	for i := range all {
		h := &all[i]
		row := []string{h.ID, terminal.Cut(terminal.Safe(h.Title), 48), terminal.Cut(terminal.Safe(h.Company), 24),
			labelOf(&h.Hit), h.Function, terminal.Cut(h.Place, 20), h.Pay, h.Posted}
		if someClosed {
			row = append(row, h.Closed)
		}
		if someAlso {
			row = append(row, alsoIn(h))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// alsoIn says where else a vacancy stands, and in how many cities its advertisement.
func alsoIn(c *desk.Card) string {
	var parts, sources []string
	for _, s := range c.Sightings {
		sources = append(sources, s.Source)
	}
	slices.Sort(sources)
	if c.Others > 0 {
		on := terminal.Cut(terminal.Safe(strings.Join(slices.Compact(sources), ", ")), 24)
		parts = append(parts, fmt.Sprintf("%s: %s", job.Grouped(float64(c.Others)), on))
	}
	if n := len(c.Linked); n > 0 {
		parts = append(parts, job.Count(n, "other place"))
	}
	return strings.Join(parts, "; ")
}

// nothing says that nothing was found, and what would be.
func (w *Printer) nothing(answer *desk.Answer) {
	switch {
	case answer.ClosedLeftOut > 0:
		n := answer.ClosedLeftOut
		w.say("Nothing but %s matches: --all shows %s.", w.count(n, "closed posting"), job.Plural(n, "it", "them"))
	case len(answer.Wider) == 0:
		w.say("No posting matches. Fewer words find more.")
	default:
		w.say("No posting matches all of it.")
	}
	for _, other := range answer.Wider {
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
