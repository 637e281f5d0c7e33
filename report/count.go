package report

import (
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// counted is a report whose rows are made of one group each.
type counted struct {
	name    string
	period  job.Period // of amounts, if there are any
	by      []string
	tally   *Tally
	columns []Column
	// row gives the figures of a group; total is the group of all postings.
	row func(g, total *Group) []any
}

// Tallies are what has to be counted for it.
func (c *counted) Tallies() []*Tally { return []*Tally{c.tally} }

// Table makes the table of what was counted.
func (c *counted) Table() *Table {
	t := &Table{
		Name: c.name, About: c.tally.about(), Period: string(c.period), First: c.tally.First, Last: c.tally.Last,
		Postings: c.tally.Total.Postings, Columns: append(groupColumns(c.by), c.columns...),
	}
	for _, g := range c.tally.Groups() {
		t.Rows = append(t.Rows, append(cells(g.Values), c.row(g, c.tally.Total)...))
	}
	t.Total = append(make([]any, len(c.by)), c.row(c.tally.Total, c.tally.Total)...)
	return t.described()
}

// nothing is said of a table of no postings.
var nothing = sentence.Of("about_nothing", "No postings match.")

// about says how many postings a table rests on, and of when they are.
func (t *Tally) about() sentence.Sentence {
	if t.Total.Postings == 0 {
		return nothing
	}
	return sentence.Of("about_count", "%s of %s to %s.", postings(t.Total.Postings), sentence.Day(t.First),
		sentence.Day(t.Last))
}

// NewCount begins a table of how many postings and vacancies there are.
func NewCount(by ...string) Report {
	return &counted{
		name: "count", by: by, tally: NewTally(by...),
		columns: []Column{
			{Name: "postings", Kind: KindCount, Shown: true},
			{Name: "vacancies", Kind: KindCount, Shown: true},
			{Name: "share", Kind: KindShare, Shown: true},
		},
		row: func(g, total *Group) []any {
			return []any{g.Postings, g.Vacancies(), share(g.Postings, total.Postings)}
		},
	}
}

// NewDisclosure begins a table of what postings say of pay.
func NewDisclosure(by ...string) Report {
	return &counted{
		name: "disclosure", by: by, tally: tallyOfPostings(by...),
		columns: []Column{
			{Name: "postings", Kind: KindCount, Shown: true},
			{Name: "stating_pay", Kind: KindCount, Shown: true},
			{Name: "share_stating_pay", Kind: KindShare, Shown: true},
			{Name: "other_offers", Kind: KindCount, Shown: true, Spare: 3},
			{Name: "estimates", Kind: KindCount, Shown: true, Spare: 2},
			{Name: "unpaid", Kind: KindCount, Shown: true, Spare: 1},
			{Name: "undisclosed", Kind: KindCount, Shown: true},
			{Name: "silent", Kind: KindCount, Shown: true},
		},
		row: func(g, _ *Group) []any {
			stating := g.Stating()
			return []any{
				g.Postings, stating, share(stating, g.Postings), g.Kind(job.PayOffer) - stating,
				g.Kind(job.PayEstimate), g.Kind(job.PayUnpaid), g.Kind(job.PayUndisclosed), g.Kind(job.PayNone),
			}
		},
	}
}

// NewTrend begins a table by month of posting, and in each month by more groupings. What
// states no date is in a row of its own, after all months.
func NewTrend(period job.Period, by ...string) Report {
	by = append([]string{"month"}, by...)
	return &counted{
		name: "trend", period: period, by: by, tally: NewTally(by...),
		columns: []Column{
			{Name: "postings", Kind: KindCount, Shown: true},
			{Name: "vacancies", Kind: KindCount, Shown: true, Spare: 1},
			{Name: "stating_pay", Kind: KindCount, Shown: true, Spare: 2},
			{Name: "share_stating_pay", Kind: KindShare},
			{Name: "period", Kind: KindText},
			{Name: "mid_n", Kind: KindCount, Shown: true},
			{Name: "mid_median", Kind: KindRupees, Shown: true},
		},
		row: func(g, _ *Group) []any {
			stating := g.Stating()
			row := []any{g.Postings, g.Vacancies(), stating, share(stating, g.Postings)}
			return append(row, midMedian(g, period)...)
		},
	}
}

// NewSkills begins a table by the skills that postings name, and of each by more
// groupings. What names none is in a row of its own.
func NewSkills(period job.Period, by ...string) Report {
	by = append([]string{"skill"}, by...)
	return &counted{
		name: "skills", period: period, by: by, tally: tallyOfPostings(by...),
		columns: []Column{
			{Name: "postings", Kind: KindCount, Shown: true},
			{Name: "share", Kind: KindShare, Shown: true},
			{Name: "stating_pay", Kind: KindCount, Shown: true, Spare: 1},
			{Name: "period", Kind: KindText},
			{Name: "mid_n", Kind: KindCount, Shown: true},
			{Name: "mid_median", Kind: KindRupees, Shown: true},
		},
		row: func(g, total *Group) []any {
			row := []any{g.Postings, share(g.Postings, total.Postings), g.Stating()}
			return append(row, midMedian(g, period)...)
		},
	}
}

// midMedian gives the period, how many offers have a midpoint, and the median of these,
// nil where they are too few.
func midMedian(g *Group, period job.Period) []any {
	values := valuesIn(g.Offers(), mid)
	if values.N() < leastN {
		return []any{string(period), values.N(), nil}
	}
	return []any{string(period), values.N(), rupees(values.Quantile(0.5), period)}
}
