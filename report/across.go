package report

import (
	"cmp"
	"slices"

	"jobsieve/internal/sentence"
)

// measures are the columns that a table across values has for each of them, by the name
// of the report.
var measures = map[string][]string{
	"count":      {"postings"},
	"disclosure": {"postings", "share_stating_pay"},
	"pay":        {"postings", "stating_pay", "mid_median"},
	"skills":     {"postings", "stating_pay", "mid_median"},
	"trend":      {"postings", "mid_n", "mid_median"},
}

// mostMeasures is more than the measures and groups of a table.
const mostMeasures = 10

// mostAcross is the most values that columns are made for: those with the most postings.
const mostAcross = 50

// across is a report whose columns are the values of one more grouping.
type across struct {
	of    string
	whole Report // by all groupings, the last of which becomes columns
	sums  Report // by that alone
}

// NewAcross begins a table by some groupings, with columns for each value of another.
// begin begins the report that it is made of.
func NewAcross(begin func(by ...string) Report, of string, by ...string) Report {
	return &across{of, begin(append(slices.Clone(by), of)...), begin(of)}
}

// Tallies are what has to be counted for it.
func (a *across) Tallies() []*Tally { return append(a.whole.Tallies(), a.sums.Tallies()...) }

// Table makes the table of what was counted.
func (a *across) Table() *Table {
	t, sums := a.whole.Table(), a.sums.Table()
	groups, own := t.Groups()-1, sums.Groups()-1 // a trend has its month besides, skills their skill
	columns := t.Columns
	var at []int
	for _, name := range measures[t.Name] {
		at = append(at, slices.IndexFunc(columns, func(c Column) bool { return c.Name == name }))
	}
	values, left := commonest(sums.Rows, own, at[0]-t.Groups()+sums.Groups())
	if left > 0 {
		t.Notes = append(t.Notes, sentence.Of("no_columns", "%s of %s with the fewest postings have no columns.",
			sentence.Count{N: left, Of: "value"}, a.of))
	}
	wide := *t
	wide.Across = len(at)
	wide.Columns, wide.Rows, wide.Total = slices.Clone(columns[:groups]), nil, make([]any, groups)
	for _, v := range values {
		for _, i := range at {
			wide.Columns = append(wide.Columns, acrossColumn(wide.Columns, v, columns[i], len(at) == 1))
		}
	}
	for _, row := range t.Rows {
		n := len(wide.Rows) - 1
		if n < 0 || !slices.Equal(wide.Rows[n][:groups], row[:groups]) {
			wide.Rows = append(wide.Rows, append(slices.Clone(row[:groups]), make([]any, len(values)*len(at))...))
			n++
		}
		fill(wide.Rows[n][groups:], values, row[groups], row, at)
	}
	wide.Total = append(wide.Total, make([]any, len(values)*len(at))...)
	for i := range at {
		at[i] += sums.Groups() - t.Groups()
	}
	if groups == 0 {
		wide.Rows = nil // it would be the total
	}
	if own == 0 {
		for _, row := range sums.Rows {
			fill(wide.Total[groups:], values, row[0], row, at)
		}
	} else {
		wide.Total = nil // a trend says nothing of all months together, nor do skills of all skills
	}
	return &wide
}

// acrossColumn is the column of a measure for a value, with a name that none of the
// columns before it has.
func acrossColumn(before []Column, value string, c Column, alone bool) Column {
	if !alone {
		value += "_" + c.Name
	}
	for slices.ContainsFunc(before, func(c Column) bool { return c.Name == value }) {
		value += "_"
	}
	// A narrow terminal does without the last of them.
	spare := mostAcross*mostMeasures + 1 - len(before)
	return Column{Name: value, Kind: c.Kind, Help: c.Help, Shown: true, Spare: spare}
}

// fill puts the figures of one value into the columns that it has.
func fill(to []any, values []string, value any, row []any, at []int) {
	n := slices.Index(values, Text(value))
	if n < 0 {
		return
	}
	for i, j := range at {
		to[n*len(at)+i] = row[j]
	}
}

// commonest gives the values in a column of rows, those with the most postings where they
// are too many, in the order of their bytes, and how many are left out.
func commonest(rows [][]any, column, postings int) (values []string, left int) {
	counts := map[string]int{}
	for _, row := range rows {
		n, _ := row[postings].(int)
		counts[Text(row[column])] += n
	}
	for v := range counts {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	left = max(0, len(values)-mostAcross)
	values = values[:len(values)-left]
	slices.Sort(values)
	return values, left
}
