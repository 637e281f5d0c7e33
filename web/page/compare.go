package page

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/report"
	"jobsieve/report/chart"
)

const comparePath = "/compare"

// compareView is two groups beside each other.
type compareView struct {
	By, Periods []choice
	// One and Other are the groups to choose from; none where fewer than two are found.
	One, Other []option
	Sides      []sideOfTwo
	// Difference says how far the medians differ, Unclear that chance alone may be why.
	Difference, Unclear string
	Notes               []told
	Figures             []chart.Figure
	Table               *report.Table
	Downloads           []choice
}

// sideOfTwo is one of two groups.
type sideOfTwo struct {
	Name                      string
	Stating, Median, Interval string
	Functions, Sources        []string
}

// compare sets two groups of what a question finds against each other.
func (p *pages) compare(r *http.Request, w *words) (*answer, error) {
	return p.table(r, w, "compare.title", func(ctx context.Context, d *desk.Desk, a *ask, v *found) (err error) {
		v.Compare, err = a.compareView(ctx, d)
		return err
	})
}

// table answers with a view of a search that shows tables. A question of which the desk
// says that it is wrong is refused.
func (p *pages) table(
	r *http.Request, w *words, title string, show func(context.Context, *desk.Desk, *ask, *found) error,
) (*answer, error) {
	d := p.desk()
	a, v, to := p.begin(d, r, w)
	if to != nil {
		return to, nil
	}
	if len(a.faults) > 0 {
		return a.refused(v), nil
	}
	got, err := a.find(r.Context(), d, desk.Page{})
	if err == nil {
		err = v.tell(r.Context(), d, got)
	}
	if err == nil {
		err = show(r.Context(), d, a, v)
	}
	if to := a.refusedBy(v, err); to != nil {
		return to, nil
	}
	if len(a.faults) > 0 {
		v.Faults = a.told()
		return a.refused(v), nil
	}
	return a.answer(v, title), err
}

// ofTable asks for a table of the postings that are shown, of how postings come and go with
// the closed ones, and gives the parameters that ask programs' part of the server for the
// same.
func (a *ask) ofTable(d *desk.Desk, of desk.Asked) (q *desk.Asked, params url.Values, err error) {
	shown := a.shownFilter()
	if of.Turnover || of.Stays {
		shown = &a.filter
	}
	params = datesAsCondition(shown.Values())
	of.From, of.Period, of.AsOf = desk.FromLedger, a.period, a.day
	of.Filter, err = filter.Parse(params, d.Book())
	set(asOfName, a.day)(params)
	return &of, params, err
}

func (a *ask) compareView(ctx context.Context, d *desk.Desk) (*compareView, error) {
	if a.by == noGroups {
		a.by = a.usualBy()
	}
	v := &compareView{By: a.groupings(mainGroupings), Periods: a.periods()}
	q, _, err := a.ofTable(d, desk.Asked{Report: "pay", By: []string{a.by}})
	if err != nil {
		return nil, err
	}
	all, err := d.Report(ctx, q, func(chosen.Lack) {})
	if err = damaged(err); err != nil {
		return nil, err
	}
	if all.Postings == 0 {
		return v, nil
	}
	a.chooseTwo(all.Table)
	if err := a.checkTwo(ctx, d, all.Table); err != nil {
		return nil, err
	}
	v.One, v.Other = a.groupOptions(all.Table, oneName, a.one), a.groupOptions(all.Table, otherName, a.other)
	if a.one == "" || a.other == "" || len(a.faults) > 0 {
		return v, nil
	}
	return v, a.twoOf(ctx, d, v, all.Table)
}

// chooseTwo chooses the groups that the URL does not name: BPO and KPO, or those with the
// most postings that state pay.
func (a *ask) chooseTwo(t *report.Table) {
	usual := []string{string(job.BPO), string(job.KPO)}
	if a.by != "label" {
		at := columnOf(t, "stating_pay")
		rows := slices.Clone(t.Rows)
		stating := func(row []any) int { n, _ := row[at].(int); return n }
		slices.SortStableFunc(rows, func(x, y []any) int { return stating(y) - stating(x) })
		usual = nil
		for _, row := range rows {
			if name := report.Text(row[0]); name != "" && name != string(job.FunctionNone) && !report.IsUnknown(name) {
				usual = append(usual, name)
			}
		}
	}
	for _, name := range usual {
		switch {
		case a.one == "" && name != a.other:
			a.one = name
		case a.other == "" && name != a.one:
			a.other = name
		}
	}
}

// groupOptions are the groups that can be chosen as one of two.
func (a *ask) groupOptions(t *report.Table, param, asked string) (out []option) {
	at, known := columnOf(t, "postings"), asked == "" || len(a.faults) > 0
	for _, row := range t.Rows {
		name := report.Text(row[0])
		if name == "" {
			continue
		}
		known = known || name == asked
		n, _ := row[at].(int)
		out = append(out, option{
			Name: param, Value: name, Text: a.w.groupName(a.by, name), Count: number(n), Checked: name == asked,
		})
	}
	if !known {
		out = append(out, option{
			Name: param, Value: asked, Text: a.w.groupName(a.by, asked), Count: number(0), Checked: true,
		})
	}
	return out
}

// twoOf sets the two groups against each other; all has the pay of each group.
func (a *ask) twoOf(ctx context.Context, d *desk.Desk, v *compareView, all *report.Table) error {
	if strings.Contains(a.one, ",") { // it would end there
		a.one, a.other = a.other, a.one
	}
	if strings.Contains(a.one, ",") {
		a.refuse(otherName, "two_commas", "expected a group without a comma beside another that has one, got %q", a.one)
		return nil
	}
	compare := a.by + "=" + a.one + "," + a.other
	q, params, err := a.ofTable(d, desk.Asked{Report: "pay", Compare: compare})
	if err != nil {
		return err
	}
	t, err := d.Report(ctx, q, func(chosen.Lack) {})
	if err = damaged(err); err != nil {
		return err
	}
	w := a.w
	for _, row := range t.Rows[:2] {
		v.Sides = append(v.Sides, w.sideOfTwo(t.Table, row, a.by, a.period))
	}
	v.Difference, v.Unclear = w.difference(t.Table, a.period)
	v.Notes = w.tellAll(t.Notes)
	two := *all
	two.Distribution, two.Total = nil, nil
	two.Rows = slices.DeleteFunc(slices.Clone(all.Rows), func(row []any) bool {
		return row[0] != t.Rows[0][0] && row[0] != t.Rows[1][0]
	})
	w.nameGroups(&two, a.by)
	v.Figures = chart.FiguresIn(&two, w.say)
	v.Table = w.comparison(t.Table, a.by)
	params.Set("compare", compare)
	params.Set(periodName, string(a.period))
	v.Downloads = w.downloads("/reports/pay", params, "csv", "xlsx", "parquet", "json")
	return nil
}

// columnOf is where a table has a column.
func columnOf(t *report.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Name == name })
}

// amountIn gives an amount of a row; ok is false where there is none.
func amountIn(t *report.Table, row []any, column string) (v int, ok bool) {
	v, ok = row[columnOf(t, column)].(int)
	return v, ok
}

func rupees(v int) string { return report.People(report.KindRupees, strconv.Itoa(v)) }

// sideOfTwo tells of a row of a comparison.
func (w *words) sideOfTwo(t *report.Table, row []any, by string, period job.Period) sideOfTwo {
	count := func(column string) int { n, _ := row[columnOf(t, column)].(int); return n }
	postings, stating := count("postings"), count("stating_pay")
	out := sideOfTwo{Name: w.groupName(by, report.Text(row[0]))}
	out.Stating = w.T("compare.stating", w.Count("count.postings", postings), number(stating),
		percent(float64(stating)/float64(max(1, postings))))
	out.Functions = w.mix("function", report.Text(row[columnOf(t, "functions")]))
	out.Sources = w.mix("source", report.Text(row[columnOf(t, "sources")]))
	if median, ok := amountIn(t, row, "mid_median"); ok {
		from, _ := amountIn(t, row, "mid_median_from")
		to, _ := amountIn(t, row, "mid_median_to")
		out.Median = w.T("pay."+string(period), rupees(median))
		out.Interval = w.T("compare.interval", rupees(from), rupees(to))
	}
	return out
}

// comparison gives a comparison as a table for a screen.
func (w *words) comparison(t *report.Table, by string) *report.Table {
	out := inShort(t)
	w.nameGroups(out, by)
	for i, row := range out.Rows {
		if i == len(out.Rows)-1 {
			row[0] = w.T("compare.less")
			break
		}
		for _, field := range []string{"function", "source"} {
			at := columnOf(out, field+"s")
			row[at] = strings.Join(w.mix(field, report.Text(row[at])), ", ")
		}
	}
	return out
}

// mix names the commonest values of a field, of a text such as "back-office 40 %, none 10 %".
func (w *words) mix(field, text string) (out []string) {
	for part := range strings.SplitSeq(text, ", ") {
		name, share, found := strings.Cut(part, " ")
		if found {
			out = append(out, w.Value(field, name)+" "+share)
		}
	}
	return out
}

// difference says how far the medians of two groups differ, and whether that may be chance.
func (w *words) difference(t *report.Table, period job.Period) (says, unclear string) {
	row := t.Rows[2]
	median, ok := amountIn(t, row, "mid_median")
	if !ok {
		return w.T("compare.few"), ""
	}
	from, _ := amountIn(t, row, "mid_median_from")
	to, _ := amountIn(t, row, "mid_median_to")
	if from <= 0 && to >= 0 {
		unclear = w.T("compare.unclear")
	}
	return w.T("compare.difference", w.T("pay."+string(period), rupees(median)),
		w.T("compare.interval", rupees(from), rupees(to))), unclear
}

// groupName names a group of a grouping.
func (w *words) groupName(by, value string) string {
	f, ok := indexer.Fields.Grouping(by)
	switch {
	case report.IsUnknown(value):
		return w.T("pay.not_known")
	case !ok:
		return value
	}
	return w.Value(cmp.Or(f.Filter, f.Name), value)
}
