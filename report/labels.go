package report

import (
	"slices"

	"jobsieve/job"
)

// Labels is the table of labels and functions, who gave them, and why postings have
// none.
type Labels struct{ all, by, reasons *Tally }

// NewLabels begins it.
func NewLabels() *Labels {
	return &Labels{
		all:     NewTally("label", "function"),
		by:      tallyOfPostings("label", "function", "labelled_by"),
		reasons: tallyOfPostings("label", "function", "reason"),
	}
}

// Tallies are what has to be counted for it.
func (l *Labels) Tallies() []*Tally { return []*Tally{l.all, l.by, l.reasons} }

// reasons are why the rules leave a posting without a label.
var reasons = []string{"no_evidence", "below_threshold", "tie", "cancelled"}

// Table makes the table of what was counted.
func (l *Labels) Table() *Table {
	t := &Table{
		Name: "labels", About: l.all.about(), First: l.all.First, Last: l.all.Last, Postings: l.all.Total.Postings,
		Columns: append(groupColumns(l.all.By),
			Column{Name: "postings", Kind: KindCount, Shown: true},
			Column{Name: "vacancies", Kind: KindCount, Shown: true, Spare: 1},
			Column{Name: "share", Kind: KindShare, Shown: true},
			Column{Name: "by_hand", Kind: KindCount, Shown: true}),
	}
	for _, r := range reasons {
		t.Columns = append(t.Columns, Column{Name: r, Kind: KindCount, Shown: true, Spare: 2})
	}
	total := l.all.Total
	sums := make([]int, 1+len(reasons))
	for _, g := range l.all.Groups() {
		row := append(cells(g.Values), g.Postings, g.Vacancies(), share(g.Postings, total.Postings))
		for i, n := range l.more(g) {
			sums[i] += n
			row = append(row, n)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Total = append(make([]any, len(l.all.By)), total.Postings, total.Vacancies(),
		share(total.Postings, total.Postings))
	for _, n := range sums {
		t.Total = append(t.Total, n)
	}
	return t.described()
}

// more counts, of a label and function, those by hand, and those of each reason.
func (l *Labels) more(g *Group) []int {
	out := []int{l.by.count(append(slices.Clone(g.Values), string(job.ByHand)))}
	for _, r := range reasons {
		out = append(out, l.reasons.count(append(slices.Clone(g.Values), r)))
	}
	return out
}

// count is how many postings have some values.
func (t *Tally) count(values []string) int {
	if g := t.groups[string(t.keyOf(nil, values))]; g != nil {
		return g.Postings
	}
	return 0
}
