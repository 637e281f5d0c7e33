package report

import (
	"math"
	"slices"
	"strings"

	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// Comparison is the table of two values of a grouping: the median pay of each, how much
// they differ, and what else does.
type Comparison struct {
	by     string
	sides  [2]string
	period job.Period

	tally, functions, sources *Tally
}

// NewComparison begins a comparison of the postings that have one value of a grouping with
// those that have another.
func NewComparison(period job.Period, by, one, other string) *Comparison {
	return &Comparison{
		by: by, sides: [2]string{one, other}, period: period,
		tally: tallyOfPostings(by), functions: tallyOfPostings(by, "function"), sources: tallyOfPostings(by, "source"),
	}
}

// Tallies are what has to be counted for it.
func (c *Comparison) Tallies() []*Tally { return []*Tally{c.tally, c.functions, c.sources} }

// half is one of the two sides that are compared.
type half struct {
	group              *Group
	functions, sources mix
	paid               mix // functions of those that state pay
}

// mix says how many postings have each value.
type mix struct {
	counts map[string]int
	all    int
}

// The amounts of offers that are compared, by the names of their columns.
var compared = []struct {
	name string
	of   amount
}{{"low", low}, {"mid", mid}, {"high", high}}

// Table makes the table of what was counted.
func (c *Comparison) Table() *Table {
	t := &Table{Name: "comparison", Period: string(c.period), First: c.tally.First, Last: c.tally.Last}
	t.Columns = append(groupColumns([]string{c.by}),
		Column{Name: "postings", Kind: KindCount, Shown: true},
		Column{Name: "stating_pay", Kind: KindCount, Shown: true},
		Column{Name: "share_stating_pay", Kind: KindShare}, Column{Name: "period", Kind: KindText})
	for _, a := range compared {
		shown := a.name == "mid"
		t.Columns = append(t.Columns,
			Column{Name: a.name + "_n", Kind: KindCount},
			Column{Name: a.name + "_median", Kind: KindRupees, Shown: shown},
			Column{Name: a.name + "_median_from", Kind: KindRupees, Shown: shown},
			Column{Name: a.name + "_median_to", Kind: KindRupees, Shown: shown})
	}
	t.Columns = append(t.Columns, Column{Name: "functions", Kind: KindText}, Column{Name: "sources", Kind: KindText})
	one, other := c.side(c.sides[0]), c.side(c.sides[1])
	t.Postings = one.group.Postings + other.group.Postings
	rows := c.rows(one.group, other.group)
	for i, s := range []*half{one, other} {
		rows[i] = append(rows[i], s.functions.String(), s.sources.String())
	}
	rows[2] = append(rows[2], nil, nil)
	t.Rows = rows
	t.About = c.about(t, one.group.Stating()+other.group.Stating())
	t.Notes = c.notes(one, other)
	return t.described()
}

func (c *Comparison) about(t *Table, stating int) sentence.Sentence {
	if t.Postings == 0 {
		return nothing
	}
	return sentence.Of("about_comparison",
		"Median pay in rupees a %s, and the interval in which it lies with 95 %% certainty, from %s of "+
			"%s that state it; postings of %s to %s.",
		PeriodOf(c.period), job.Grouped(float64(stating)), postings(t.Postings),
		sentence.Day(t.First), sentence.Day(t.Last))
}

// side finds the postings that have a value, or where none has, those that have it in
// other letters or in another spelling of what it stands for.
func (c *Comparison) side(value string) *half {
	s := &half{group: newGroup([]string{value})}
	groups, u := c.tally.Groups(), c.tally.united[0]
	same := func(g *Group) bool { return g.Values[0] == value }
	if !slices.ContainsFunc(groups, same) {
		same = func(g *Group) bool {
			return strings.EqualFold(g.Values[0], value) || u.key(g.Values[0]) == u.key(value)
		}
	}
	if i := slices.IndexFunc(groups, same); i >= 0 {
		s.group = groups[i]
	}
	all := func(g *Group) int { return g.Postings }
	s.functions, s.sources = mixOf(c.functions, s.group.Values[0], all), mixOf(c.sources, s.group.Values[0], all)
	s.paid = mixOf(c.functions, s.group.Values[0], (*Group).Stating)
	return s
}

// value is that of a side.
func (c *Comparison) value(s *half) sentence.Value {
	return sentence.Value{Field: c.by, Value: s.group.Values[0]}
}

// mixOf counts what the groups of a value hold.
func mixOf(t *Tally, value string, count func(*Group) int) mix {
	m := mix{counts: map[string]int{}}
	for _, g := range t.Groups() {
		if g.Values[0] == value {
			if n := count(g); n > 0 {
				m.counts[g.Values[1]] += n
				m.all += n
			}
		}
	}
	return m
}

// rows are those of both sides, and of the difference: the second less the first.
func (c *Comparison) rows(one, other *Group) [][]any {
	out := make([][]any, 2, 3)
	for i, g := range []*Group{one, other} {
		stating := g.Stating()
		out[i] = []any{g.Values[0], g.Postings, stating, share(stating, g.Postings), string(c.period)}
	}
	difference := []any{"difference", nil, nil, nil, string(c.period)}
	for _, a := range compared {
		r := seeded()
		var drawn [2][]float64
		var median [2]float64
		for i, g := range []*Group{one, other} {
			v := valuesIn(g.Offers(), a.of)
			out[i] = append(out[i], v.N())
			if v.N() < leastN {
				out[i] = append(out[i], nil, nil, nil)
				continue
			}
			median[i], drawn[i] = v.Quantile(0.5), v.medians(r)
			out[i] = append(out[i], c.figures(median[i], slices.Clone(drawn[i]))...)
		}
		difference = append(difference, nil)
		if drawn[0] == nil || drawn[1] == nil {
			difference = append(difference, nil, nil, nil)
			continue
		}
		for i := range drawn[1] {
			drawn[1][i] -= drawn[0][i]
		}
		difference = append(difference, c.figures(median[1]-median[0], drawn[1])...)
	}
	return append(out, difference)
}

// figures are an amount and the interval of what was drawn for it.
func (c *Comparison) figures(v float64, drawn []float64) []any {
	from, to := interval(drawn)
	return []any{rupees(v, c.period), rupees(from, c.period), rupees(to, c.period)}
}

// mostNamed is how many values a mix names.
const mostNamed = 3

// String names the commonest values with their shares.
func (m mix) String() string {
	var parts []string
	names := m.names()
	for _, name := range names[:min(mostNamed, len(names))] {
		parts = append(parts, name+" "+sentence.Share(m.share(name)).String())
	}
	return strings.Join(parts, ", ")
}

// names gives the values, the commonest first.
func (m mix) names() []string {
	var out []string
	for name := range m.counts {
		out = append(out, name)
	}
	slices.SortFunc(out, func(a, b string) int {
		if d := m.counts[b] - m.counts[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return out
}

func (m mix) share(name string) float64 {
	if m.all == 0 {
		return 0
	}
	return float64(m.counts[name]) / float64(m.all)
}

// distance is how much of one mix would have to change to be the other, 0–1: the total
// variation distance.
func (m mix) distance(o mix) float64 {
	sum := 0.0
	for name := range m.counts {
		sum += max(0, m.share(name)-o.share(name))
	}
	return sum
}

// From when on two sides differ so much that comparing them misleads.
const (
	muchOtherSources   = 0.3
	muchOtherStating   = 0.2
	muchOneFunction    = 0.25
	muchOtherFunctions = 0.5
)

// notes warn of what makes the comparison misleading.
func (c *Comparison) notes(one, other *half) (out []sentence.Sentence) {
	if one.group.Postings == 0 || other.group.Postings == 0 {
		for _, s := range []*half{one, other} {
			if s.group.Postings == 0 {
				out = append(out, sentence.Of("none_has", "No posting has %s %s.", sentence.Name(c.by), c.value(s)))
			}
		}
		return out
	}
	a, b := c.value(one), c.value(other)
	stating := func(g *Group) float64 { return float64(g.Stating()) / float64(g.Postings) }
	if d := stating(one.group) - stating(other.group); math.Abs(d) >= muchOtherStating {
		out = append(out, sentence.Of("stating_differs",
			"%s of %s and %s of %s state pay: those that do may be unlike those that don't.",
			sentence.Share(stating(one.group)), a, sentence.Share(stating(other.group)), b))
	}
	if d := one.sources.distance(other.sources); c.by != "source" && d >= muchOtherSources {
		out = append(out, sentence.Of("other_boards", "%s and %s come from other boards (%s differs): "+
			"the difference may be that of the boards.", a, b, sentence.Share(d)))
	}
	if c.by != "label" {
		if d := one.functions.distance(other.functions); c.by != "function" && d >= muchOtherFunctions {
			out = append(out, sentence.Of("other_work", "%s and %s hold other work (%s differs): "+
				"the difference may be that of the work.", a, b, sentence.Share(d)))
		}
		return out
	}
	for _, s := range []*half{one, other} {
		names := s.paid.names()
		if len(names) == 0 {
			continue
		}
		if share := s.paid.share(names[0]); len(names) > 1 && share >= muchOneFunction {
			out = append(out, sentence.Of("one_function",
				"%s of the %s postings that state pay are %s, which the figures follow.",
				sentence.Share(share), c.value(s), sentence.Value{Field: "function", Value: names[0]}))
		}
	}
	return out
}
