package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"jobsieve/indexer"
	"jobsieve/job"
)

// Options say which table to make.
type Options struct {
	// By names what to group by; CheckGroupings accepts them.
	By []string
	// Period is that of the figures: year or month.
	Period job.Period
	// Since and Until are the first and the last date, empty for none.
	Since, Until string
}

// leastN is the fewest postings that figures are given for.
const leastN = 5

// figures are the columns after the groups.
var figures = []string{
	"postings", "vacancies", "stating_pay", "share_stating_pay", "estimates", "unpaid", "period",
	"low_n", "low_min", "low_p25", "low_median", "low_p75",
	"mid_n", "mid_p10", "mid_p25", "mid_median", "mid_p75", "mid_p90",
	"high_n", "high_p25", "high_median", "high_p75", "high_max",
	"share_in_entry_band",
}

// Pay gathers rows for a pay table.
type Pay struct {
	opts   Options
	by     []*indexer.Field
	groups map[string]*group
	total  group
	// first and last are the earliest and the latest date of the rows.
	first, last string
	dates       DateCounts
}

// group is what is gathered of the postings that share their values.
type group struct {
	values            []string
	postings, stating int
	estimates, unpaid int
	entry             int // of those that state pay, how many begin in the entry band
	vacancies         map[string]bool
	low, mid, high    []float64 // rupees a year
}

// NewPay begins a table.
func NewPay(opts Options) *Pay {
	p := &Pay{opts: opts, groups: map[string]*group{}, total: group{vacancies: map[string]bool{}}}
	for _, name := range opts.By {
		f, ok := indexer.Fields.Grouping(name)
		if !ok {
			f = new(indexer.Field) // CheckGroupings refuses it; here all its values are unknown
		}
		p.by = append(p.by, f)
	}
	return p
}

// Add takes a row in, unless the options leave it out. It does not keep the
// row.
func (p *Pay) Add(r *Row) {
	if !r.within(p.opts.Since, p.opts.Until) {
		return
	}
	p.dates.Add(r.Known)
	if p.first == "" || r.Date < p.first {
		p.first = r.Date
	}
	p.last = max(p.last, r.Date)
	p.total.add(r)
	if len(p.opts.By) == 0 {
		return
	}
	for _, values := range combinations(r.document(), p.by) {
		key := strings.Join(values, "\x00")
		g := p.groups[key]
		if g == nil {
			g = &group{values: values, vacancies: map[string]bool{}}
			p.groups[key] = g
		}
		g.add(r)
	}
}

// combinations gives every combination of a document's values.
func combinations(d *indexer.Document, by []*indexer.Field) [][]string {
	out := [][]string{nil}
	for _, f := range by {
		var next [][]string
		values := valuesOf(f, d)
		for _, head := range out {
			for _, v := range values {
				next = append(next, append(slices.Clone(head), v))
			}
		}
		out = next
	}
	return out
}

func (g *group) add(r *Row) {
	g.postings++
	g.vacancies[r.Vacancy] = true
	switch r.Pay.Kind {
	case job.PayEstimate:
		g.estimates++
	case job.PayUnpaid:
		g.unpaid++
	}
	if !r.Pay.Countable() {
		return
	}
	g.stating++
	if begins := cmp.Or(r.Pay.AnnualMin, r.Pay.AnnualMax); job.India.Entry(*begins) {
		g.entry++
	}
	if r.Pay.AnnualMin != nil {
		g.low = append(g.low, float64(*r.Pay.AnnualMin))
	}
	if r.Pay.AnnualMax != nil {
		g.high = append(g.high, float64(*r.Pay.AnnualMax))
	}
	if r.Pay.AnnualMin != nil && r.Pay.AnnualMax != nil {
		g.mid = append(g.mid, (float64(*r.Pay.AnnualMin)+float64(*r.Pay.AnnualMax))/2)
	}
}

// Table is a finished table.
type Table struct {
	// About says what period the table is for and how many postings it rests on.
	About string
	// First and Last are the dates of the earliest and the latest posting, empty
	// where there is none.
	First, Last string
	// Dates counts the postings by how their dates are known.
	Dates  DateCounts
	Groups int // the columns that are groups
	Header []string
	Rows   [][]string // the last is the total
}

// Table makes the table of what was added.
func (p *Pay) Table() *Table {
	t := &Table{Groups: len(p.opts.By), Header: append(p.titles(), figures...), About: p.about(),
		First: p.first, Last: p.last, Dates: p.dates}
	keys := make([]string, 0, len(p.groups))
	for k := range p.groups {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		t.Rows = append(t.Rows, p.row(p.groups[k], p.groups[k].values))
	}
	total := make([]string, len(p.opts.By))
	if len(total) > 0 {
		total[0] = "total"
	}
	t.Rows = append(t.Rows, p.row(&p.total, total))
	return t
}

// titles gives what heads the columns that are groups.
func (p *Pay) titles() []string {
	titles := slices.Clone(p.opts.By)
	for i, f := range p.by {
		if f.Title != "" {
			titles[i] = f.Title
		}
	}
	return titles
}

func (p *Pay) about() string {
	if p.total.postings == 0 {
		return "No postings match."
	}
	return fmt.Sprintf("Pay in rupees a %s, from %s of %s postings that state it; postings of %s to %s.",
		p.opts.Period, job.Grouped(float64(p.total.stating)), job.Grouped(float64(p.total.postings)), p.first, p.last)
}

func (p *Pay) row(g *group, values []string) []string {
	out := slices.Clone(values)
	share := 0.0
	if g.postings > 0 {
		share = float64(g.stating) / float64(g.postings)
	}
	out = append(out, strconv.Itoa(g.postings), strconv.Itoa(len(g.vacancies)), strconv.Itoa(g.stating),
		strconv.FormatFloat(share, 'f', 4,
			64), strconv.Itoa(g.estimates), strconv.Itoa(g.unpaid), string(p.opts.Period))
	out = append(out, p.block(g.low, 0, 0.25, 0.5, 0.75)...)
	out = append(out, p.block(g.mid, 0.1, 0.25, 0.5, 0.75, 0.9)...)
	out = append(out, p.block(g.high, 0.25, 0.5, 0.75, 1)...)
	return append(out, g.entryShare())
}

// entryShare is the share of the postings stating pay that begins in the entry
// band; blank where they are too few.
func (g *group) entryShare() string {
	if g.stating < leastN {
		return ""
	}
	return strconv.FormatFloat(float64(g.entry)/float64(g.stating), 'f', 4, 64)
}

// block gives how many values there are, and their quantiles unless they are
// too few.
func (p *Pay) block(values []float64, quantiles ...float64) []string {
	out := []string{strconv.Itoa(len(values))}
	sorted := slices.Sorted(slices.Values(values))
	for _, q := range quantiles {
		if len(sorted) < leastN {
			out = append(out, "")
			continue
		}
		v := Quantile(sorted, q)
		if p.opts.Period == job.PerMonth {
			v /= 12
		}
		out = append(out, strconv.FormatInt(int64(math.Round(v)), 10))
	}
	return out
}

// Quantile gives the q-quantile of sorted values, 0 ≤ q ≤ 1, by linear
// interpolation between the closest two: type 7 of Hyndman and Fan, "Sample
// Quantiles in Statistical Packages", 1996. It is NaN for no values.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	i := int(math.Floor(at))
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
