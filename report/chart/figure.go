package chart

import (
	"slices"
	"strings"
	"unicode"

	"jobsieve/internal/sentence"
	"jobsieve/report"
)

// Figure is a chart, with the same figures as a table.
type Figure struct {
	// ID tells it apart from the others of its page.
	ID, Title string
	// Caption says in a sentence or two how it is read and what it leaves out.
	Caption string
	// Table has what the chart draws.
	Table *report.Table

	drawn *drawing
}

// SVG gives the drawing, without a style sheet.
func (f *Figure) SVG() string { return f.drawn.svg(f.ID, f.Title, f.Caption, "") }

// most is the most groups that a chart draws.
const most = 40

// Figures gives the charts of a table, the most telling first; none where it has
// nothing to draw.
func Figures(t *report.Table) []Figure { return FiguresIn(t, sentence.Sentence.String) }

// FiguresIn is Figures in other words. What the table itself says stays as it is.
func FiguresIn(t *report.Table, words Words) []Figure {
	var out []Figure
	draws := []func(*report.Table, Words) (Figure, bool){trendOf, boxesOf, distributionOf}
	switch t.Name {
	case "turnover":
		draws = []func(*report.Table, Words) (Figure, bool){turnoverOf}
	case "stays":
		draws = []func(*report.Table, Words) (Figure, bool){staysOf, survivalOf}
	}
	for _, draw := range draws {
		if f, ok := draw(t, words); ok {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		if f, ok := barsOf(t, words); ok {
			out = append(out, f)
		}
	}
	return out
}

// columns are the places of columns of a table; ok is false where it lacks one.
func columns(t *report.Table, names ...string) (at []int, ok bool) {
	for _, name := range names {
		i := slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Name == name })
		if i < 0 {
			return nil, false
		}
		at = append(at, i)
	}
	return at, true
}

// numbers gives the figures of a row; ok is false where one is blank.
func numbers(row []any, at []int) (out []float64, ok bool) {
	for _, i := range at {
		switch v := row[i].(type) {
		case int:
			out = append(out, float64(v))
		case float64:
			out = append(out, v)
		default:
			return nil, false
		}
	}
	return out, true
}

// named gives the name of a row's group.
func named(t *report.Table, row []any, words Words) string {
	var parts []string
	for _, cell := range row[:t.Groups()] {
		parts = append(parts, report.Text(cell))
	}
	if len(parts) == 0 {
		return words.say("all", "all")
	}
	return strings.Join(parts, ", ")
}

// with gives the part of a table that has some rows and, after the groups, some columns.
func with(t *report.Table, rows [][]any, at []int) *report.Table {
	groups := t.Groups()
	part := &report.Table{Name: t.Name, Period: t.Period, Columns: slices.Clone(t.Columns[:groups])}
	for _, i := range at {
		part.Columns = append(part.Columns, t.Columns[i])
	}
	for _, row := range rows {
		cells := slices.Clone(row[:groups])
		for _, i := range at {
			cells = append(cells, row[i])
		}
		part.Rows = append(part.Rows, cells)
	}
	return part
}

// leftOut says how many of the groups are not drawn, and why.
func (say Words) leftOut(n int, kind, why string) string {
	if n == 0 {
		return ""
	}
	return " " + say.say("not_drawn", "%s not drawn: %s.", sentence.Count{N: n, Of: "group"}, sentence.Of(kind, why))
}

// rowsOf are the rows of a table that are drawn: the total, where there are no others.
func rowsOf(t *report.Table) [][]any {
	if len(t.Rows) == 0 && t.Total != nil {
		return [][]any{t.Total}
	}
	return t.Rows
}

// fullest gives the rows that have all figures, those with the most postings where they
// are too many, in the order of the table.
func fullest(rows [][]any, at []int, n int) (kept [][]any, lacking, further int) {
	for _, row := range rows {
		if _, ok := numbers(row, at); ok {
			kept = append(kept, row)
		} else {
			lacking++
		}
	}
	if len(kept) <= most {
		return kept, lacking, 0
	}
	further = len(kept) - most
	counts := make([]int, len(kept))
	for i, row := range kept {
		counts[i], _ = row[n].(int)
	}
	slices.Sort(counts)
	least := counts[further]
	room := most
	for _, c := range counts {
		if c > least {
			room--
		}
	}
	return slices.DeleteFunc(kept, func(row []any) bool {
		c, _ := row[n].(int)
		if c == least && room > 0 {
			room--
			return false
		}
		return c <= least
	}), lacking, further
}

func reference(t *report.Table, words Words) *band {
	if t.Reference == nil {
		return nil
	}
	return &band{float64(t.Reference.Low), float64(t.Reference.High), words(t.Reference.Text)}
}

// boxesOf draws the pay of each group.
func boxesOf(t *report.Table, words Words) (f Figure, ok bool) {
	at, ok := columns(t, "mid_n", "mid_p10", "mid_p25", "mid_median", "mid_p75", "mid_p90")
	if !ok || isTrend(t) {
		return f, false
	}
	rows, lacking, further := fullest(rowsOf(t), at, at[0])
	if len(rows) == 0 {
		return f, false
	}
	var all []box
	for _, row := range rows {
		v, _ := numbers(row, at)
		all = append(all, box{named(t, row, words), int(v[0]), v[1], v[2], v[3], v[4], v[5]})
	}
	f = Figure{
		ID: "pay-by-group", Title: words.say("pay_by_group", "Pay by group"), Table: with(t, rows, at),
		drawn: boxes(all, reference(t, words), t.Period, words),
		Caption: words.say("about_boxes",
			"The midpoint of each offer. A box holds the middle half of them, the thick line is the median, the "+
				"thin line goes from the lowest tenth to the highest; the number of offers stands at the right.") +
			words.leftOut(lacking, "few_offers", "fewer than five offers state both ends of their pay") +
			words.leftOut(further, "most_offers", "those with the most offers are shown"),
	}
	return f, true
}

// distributionOf draws how all offers are distributed.
func distributionOf(t *report.Table, words Words) (f Figure, ok bool) {
	if len(t.Distribution) == 0 {
		return f, false
	}
	part := &report.Table{Name: t.Name, Period: t.Period, Columns: []report.Column{
		{Name: "from", Kind: report.KindRupees}, {Name: "to", Kind: report.KindRupees},
		{Name: "offers", Kind: report.KindCount},
	}}
	var bins []bin
	for _, b := range t.Distribution {
		bins = append(bins, bin{float64(b.From), float64(b.To), b.Offers})
		part.Rows = append(part.Rows, []any{b.From, b.To, b.Offers})
	}
	return Figure{
		ID: "distribution", Title: words.say("distribution", "Distribution of pay"), Table: part,
		Caption: words.say("about_distribution",
			"How many offers of all groups together have their midpoint, or the one "+
				"amount that they state, in each span."),
		drawn: histogram(bins, reference(t, words), t.Period, words),
	}, true
}

// barsOf draws how many each group has.
func barsOf(t *report.Table, words Words) (f Figure, ok bool) {
	isCount := func(c report.Column) bool { return c.Kind == report.KindCount }
	n := slices.IndexFunc(t.Columns, isCount)
	if n < 0 || len(t.Rows) == 0 {
		return f, false
	}
	rows, _, further := fullest(t.Rows, []int{n}, n)
	if len(rows) == 0 {
		return f, false
	}
	what := sentence.Name(t.Columns[n].Name)
	title := []rune(words.say("bars", "%s by group", what))
	title[0] = unicode.ToUpper(title[0])
	var all []bar
	for _, row := range rows {
		v, _ := numbers(row, []int{n})
		all = append(all, bar{named(t, row, words), v[0]})
	}
	return Figure{
		ID: "count-by-group", Title: string(title), Table: with(t, rows, []int{n}),
		Caption: words.say("about_bars", "How many there are in each group.") +
			words.leftOut(further, "most_counted", "those with the most are shown"),
		drawn: bars(all, what, words),
	}, true
}
