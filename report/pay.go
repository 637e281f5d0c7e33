package report

import (
	"slices"

	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// Report is a question that a table answers.
type Report interface {
	// Tallies are what has to be counted for it.
	Tallies() []*Tally
	// Table makes the table, once they are.
	Table() *Table
}

// Options say which table to make.
type Options struct {
	// By names what to group by; CheckGroupings accepts them.
	By []string
	// Period is that of the figures: year or month.
	Period job.Period
}

// leastN is the fewest postings that figures are given for.
const leastN = 5

// payColumns are the columns of a pay table after the groups.
var payColumns = []Column{
	{Name: "postings", Kind: KindCount, Shown: true},
	{Name: "vacancies", Kind: KindCount},
	{Name: "stating_pay", Kind: KindCount, Shown: true, Spare: 5},
	{Name: "share_stating_pay", Kind: KindShare},
	{Name: "estimates", Kind: KindCount},
	{Name: "unpaid", Kind: KindCount},
	{Name: "period", Kind: KindText},
	{Name: "low_n", Kind: KindCount},
	{Name: "low_min", Kind: KindRupees},
	{Name: "low_p25", Kind: KindRupees},
	{Name: "low_median", Kind: KindRupees, Shown: true, Spare: 2},
	{Name: "low_p75", Kind: KindRupees},
	{Name: "mid_n", Kind: KindCount},
	{Name: "mid_p10", Kind: KindRupees},
	{Name: "mid_p25", Kind: KindRupees, Shown: true, Spare: 3},
	{Name: "mid_median", Kind: KindRupees, Shown: true},
	{Name: "mid_p75", Kind: KindRupees, Shown: true, Spare: 4},
	{Name: "mid_p90", Kind: KindRupees},
	{Name: "high_n", Kind: KindCount},
	{Name: "high_p25", Kind: KindRupees},
	{Name: "high_median", Kind: KindRupees, Shown: true, Spare: 1},
	{Name: "high_p75", Kind: KindRupees},
	{Name: "high_max", Kind: KindRupees},
	{Name: "share_in_entry_band", Kind: KindShare},
}

// Pay is the pay table.
type Pay struct {
	opts  Options
	tally *Tally
	// labels says which labels the postings have; it is the same tally where that does.
	labels *Tally
}

// NewPay begins a pay table.
func NewPay(opts Options) *Pay {
	p := &Pay{opts: opts, tally: NewTally(opts.By...)}
	if p.labels = p.tally; !slices.Contains(opts.By, "label") {
		p.labels = tallyOfPostings("label")
	}
	return p
}

// Tallies are what has to be counted for it.
func (p *Pay) Tallies() []*Tally {
	if p.labels == p.tally {
		return []*Tally{p.tally}
	}
	return []*Tally{p.tally, p.labels}
}

// Table makes the table of what was counted.
func (p *Pay) Table() *Table {
	t := &Table{
		Name: "pay", About: p.about(), Period: string(p.opts.Period), First: p.tally.First, Last: p.tally.Last,
		Postings: p.tally.Total.Postings, Columns: groupColumns(p.opts.By),
	}
	t.Columns = append(t.Columns, payColumns...)
	for _, g := range p.tally.Groups() {
		t.Rows = append(t.Rows, p.row(g, cells(g.Values)))
	}
	t.Total = p.row(p.tally.Total, make([]any, len(p.opts.By)))
	t.Distribution, t.Reference = p.distribution(), p.reference()
	return t.described()
}

// groupColumns are the columns of groups.
func groupColumns(by []string) []Column {
	var out []Column
	for i, title := range titles(by) {
		out = append(out, Column{Name: title, Kind: KindGroup, Help: helpOfGroup(by[i]), Shown: true})
	}
	return out
}

// cells gives values as cells.
func cells(values []string) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

func (p *Pay) about() sentence.Sentence {
	total := p.tally.Total
	if total.Postings == 0 {
		return nothing
	}
	return sentence.Of("about_pay", "Pay in rupees a %s, from %s of %s postings that state it; postings of %s to %s.",
		PeriodOf(p.opts.Period), job.Grouped(float64(total.Stating())), job.Grouped(float64(total.Postings)),
		sentence.Day(p.tally.First), sentence.Day(p.tally.Last))
}

// PeriodOf names what amounts are for.
func PeriodOf(p job.Period) sentence.Value {
	return sentence.Value{Field: "pay_period", Value: string(p)}
}

// Stating is how many postings of the group make an offer that counts.
func (g *Group) Stating() int {
	n := 0
	for _, o := range g.offers {
		n += o.Postings
	}
	return n
}

func (p *Pay) row(g *Group, row []any) []any {
	offers, stating := g.Offers(), g.Stating()
	row = append(row, g.Postings, g.Vacancies(), stating, share(stating, g.Postings), g.Kind(job.PayEstimate),
		g.Kind(job.PayUnpaid), string(p.opts.Period))
	row = append(row, p.block(valuesIn(offers, low), 0, 0.25, 0.5, 0.75)...)
	row = append(row, p.block(valuesIn(offers, mid), 0.1, 0.25, 0.5, 0.75, 0.9)...)
	row = append(row, p.block(valuesIn(offers, high), 0.25, 0.5, 0.75, 1)...)
	return append(row, entryShare(offers, stating))
}

// entryShare is the share of the postings stating pay that begins in the entry
// band; nil where they are too few.
func entryShare(offers []Offers, stating int) any {
	if stating < leastN {
		return nil
	}
	entry := 0
	for i := range offers {
		if job.India.Entry(int64(begins(&offers[i]))) {
			entry += offers[i].Postings
		}
	}
	return share(entry, stating)
}

// block gives how many values there are, and their quantiles unless they are
// too few.
func (p *Pay) block(values Values, quantiles ...float64) []any {
	out := []any{values.N()}
	for _, q := range quantiles {
		if values.N() < leastN {
			out = append(out, nil)
			continue
		}
		out = append(out, rupees(values.Quantile(q), p.opts.Period))
	}
	return out
}
