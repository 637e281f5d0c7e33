package page

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/report"
	"jobsieve/report/chart"
)

// payView is the pay of what a question finds.
type payView struct {
	By, Periods []choice
	// Rests says how many postings state pay, Entry how many of these begin in the entry
	// band, where BPO work is among them.
	Rests, Entry string
	Notes        []told
	Figures      []chart.Figure
	// Comparison is that of BPO and KPO, nil where one of them is not there.
	Comparison *comparisonView
	Downloads  []choice
}

// comparisonView is a comparison of two groups, with what is said of it.
type comparisonView struct {
	About told
	Notes []told
	Table *report.Table
}

// pay draws the pay of the postings that a question finds.
func (p *pages) pay(r *http.Request, w *words) (*answer, error) {
	return p.table(r, w, "pay.title", func(ctx context.Context, d *desk.Desk, a *ask, v *found) (err error) {
		v.Pay, err = a.payView(ctx, d)
		return err
	})
}

// mainGroupings are those that are offered first.
var mainGroupings = []string{"label", "function", "city", "experience", "education", "source", "shift", "mode"}

func (a *ask) payView(ctx context.Context, d *desk.Desk) (*payView, error) {
	w := a.w
	v := &payView{}
	v.By, v.Periods = a.groupings(append([]string{noGroups}, mainGroupings...)), a.periods()
	var by []string
	if a.by != noGroups {
		by = []string{a.by}
	}
	which := desk.Counted{Filter: a.shownFilter(), From: desk.FromLedger, AsOf: a.day}
	t, err := d.Table(ctx, report.NewPay(report.Options{By: by, Period: a.period}), which, func(chosen.Lack) {})
	if err = damaged(err); err != nil {
		return nil, err
	}
	v.Rests, v.Entry, v.Notes = w.restsOn(t.Table), w.entryOf(t.Table), w.tellAll(t.Notes)
	both := a.by == "label" && hasRow(t.Table, job.BPO) && hasRow(t.Table, job.KPO)
	if a.by != noGroups {
		w.nameGroups(t.Table, a.by)
	}
	v.Figures = chart.FiguresIn(t.Table, w.say)
	if both {
		of := report.NewComparison(a.period, "label", string(job.BPO), string(job.KPO))
		c, err := d.Table(ctx, of, which, func(chosen.Lack) {})
		if err = damaged(err); err != nil {
			return nil, err
		}
		v.Comparison = &comparisonView{w.tell(c.About), w.tellAll(c.Notes), w.comparison(c.Table, a.by)}
	}
	params := a.shownFilter().Values()
	params.Set(periodName, string(a.period))
	params[byName] = by
	set(asOfName, a.day)(params)
	v.Downloads = w.downloads("/reports/pay", datesAsCondition(params), "csv", "xlsx", "parquet", "json")
	return v, nil
}

// groupings are links to the view by each of some groupings, and by the one that is asked.
func (a *ask) groupings(names []string) (out []choice) {
	if !slices.Contains(names, a.by) {
		names = append(names, a.by)
	}
	for _, by := range names {
		to := a.link(func(v url.Values) {
			set(byName, ifNot(by, a.usualBy()))(v)
			v.Del(oneName) // they are values of the grouping
			v.Del(otherName)
		})
		out = append(out, choice{a.w.groupingName(by), to, by == a.by, ""})
	}
	return out
}

// periods are links to the view with amounts for each period.
func (a *ask) periods() (out []choice) {
	for _, period := range periods {
		name := a.w.T("pay.per_" + string(period))
		to := a.link(set(periodName, ifNot(string(period), string(periods[0]))))
		out = append(out, choice{name, to, period == a.period, ""})
	}
	return out
}

// groupingName names what a chart is grouped by.
func (w *words) groupingName(by string) string {
	switch by {
	case noGroups:
		return w.T("pay.all")
	case "experience":
		return w.Field("experience_band")
	}
	return w.Field(by)
}

// nameGroups names the groups of a table by a grouping, which is its last, as people read
// them.
func (w *words) nameGroups(t *report.Table, by string) {
	at := t.Groups() - 1
	for _, row := range t.Rows {
		if v, ok := row[at].(string); ok {
			row[at] = w.groupName(by, v)
		}
	}
}

// datesAsCondition asks for dates of posting as a condition: tables take the parameters
// for those of first sight too, where a posting states no date, which a search leaves out.
func datesAsCondition(params url.Values) url.Values {
	for name, sign := range map[string]string{"since": ">=", "until": "<="} {
		if day := params.Get(name); day != "" {
			params.Add("where", "posted "+sign+" "+day)
			params.Del(name)
		}
	}
	slices.Sort(params["where"])
	return params
}

func ifNot(value, usual string) string {
	if value == usual {
		return ""
	}
	return value
}

// hasRow reports a table that has a row for a label.
func hasRow(t *report.Table, label job.Label) bool {
	return slices.ContainsFunc(t.Rows, func(row []any) bool { return row[0] == string(label) })
}

// totalOf gives a figure of the total of a table; nil where there is none.
func totalOf(t *report.Table, column string) any {
	i := slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Name == column })
	if i < 0 || t.Total == nil {
		return nil
	}
	return t.Total[i]
}

// restsOn says how many postings state pay.
func (w *words) restsOn(t *report.Table) string {
	stating, _ := totalOf(t, "stating_pay").(int)
	share, _ := totalOf(t, "share_stating_pay").(float64)
	return w.T("pay.rests", number(stating), w.Count("count.postings", t.Postings), percent(share)) + w.vacanciesOf(t)
}

// vacanciesOf says of how many vacancies the postings are, where that is another number.
func (w *words) vacanciesOf(t *report.Table) string {
	vacancies, ok := totalOf(t, "vacancies").(int)
	if !ok || vacancies == t.Postings {
		return ""
	}
	return " " + w.T("pay.vacancies", w.Count("count.vacancies", vacancies))
}

// entryOf says how many begin in the entry band; nothing where no BPO work is among them.
func (w *words) entryOf(t *report.Table) string {
	share, ok := totalOf(t, "share_in_entry_band").(float64)
	if !ok || t.Reference == nil {
		return ""
	}
	amount := func(v float64) string { return job.India.Sign + job.Grouped(v) }
	return w.T("pay.entry", percent(share), amount(job.India.EntryLeast), amount(job.India.EntryMost))
}

// inShort gives a table with the columns that a screen has room for, and its texts.
func inShort(t *report.Table) *report.Table {
	out := *t
	out.Columns, out.Rows, out.Total = nil, make([][]any, len(t.Rows)), nil
	for i := range t.Columns {
		c := &t.Columns[i]
		if !c.Shown && (c.Kind != report.KindText || c.Name == "period") {
			continue
		}
		out.Columns = append(out.Columns, *c)
		for n, row := range t.Rows {
			out.Rows[n] = append(out.Rows[n], row[i])
		}
		if t.Total != nil {
			out.Total = append(out.Total, t.Total[i])
		}
	}
	return &out
}

// drawing gives the SVG of a chart.
func drawing(f chart.Figure) template.HTML { return template.HTML(f.SVG()) } //nolint:gosec // SVG escapes all texts

// tableCell is a cell of a table: Head says that it heads its row, Left that it is a text.
type tableCell struct {
	Text       string
	Head, Left bool
}

// tableCells are the heads and the rows of a table, the total last.
type tableCells struct {
	Heads []tableCell
	Rows  [][]tableCell
}

func isText(k report.Kind) bool { return k == report.KindGroup || k == report.KindText }

// cells gives the cells of a table for people.
func (w *words) cells(t *report.Table) tableCells {
	var out tableCells
	for i := range t.Columns {
		c := &t.Columns[i]
		out.Heads = append(out.Heads, tableCell{w.Column(c.Name), false, isText(c.Kind)})
	}
	for n, row := range t.WithTotal() {
		cells := make([]tableCell, len(row))
		for i, v := range row {
			c := &t.Columns[i]
			cells[i] = tableCell{report.Text(v), c.Kind == report.KindGroup, isText(c.Kind)}
			if !cells[i].Left {
				cells[i].Text = report.People(c.Kind, cells[i].Text)
			}
		}
		if n == len(t.Rows) && t.Groups() > 0 {
			cells[0].Text = w.T("pay.total")
			for i := 1; i < t.Groups(); i++ {
				cells[i].Head = false // it is empty
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}
