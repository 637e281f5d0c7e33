package page

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/report"
	"jobsieve/report/chart"
)

const trendsPath = "/trends"

// trendsView is what changes with time.
type trendsView struct {
	Of, By, Periods []choice
	// About says what the table holds.
	About told
	// Scales says that charts differ in their scales; empty where there is but one.
	Scales    string
	Notes     []told
	Figures   []chart.Figure
	Table     *report.Table
	Downloads []choice
}

// trends shows how postings that a question finds, and their pay, change by month.
func (p *pages) trends(r *http.Request, w *words) (*answer, error) {
	return p.table(r, w, "trends.title", func(ctx context.Context, d *desk.Desk, a *ask, v *found) (err error) {
		v.Trends, err = a.trendsView(ctx, d)
		return err
	})
}

func (a *ask) trendsView(ctx context.Context, d *desk.Desk) (*trendsView, error) {
	w, lives := a.w, a.turnover || a.stays
	v := &trendsView{By: a.groupings(append([]string{noGroups}, mainGroupings...))}
	if !lives {
		v.Periods = a.periods()
	}
	of := func(turnover, stays string) string {
		return a.link(func(values url.Values) { set(turnoverName, turnover)(values); set(staysName, stays)(values) })
	}
	v.Of = []choice{
		{w.T("trends.months"), of("", ""), !lives, ""},
		{w.T("trends.turnover"), of(isOn, ""), a.turnover, ""},
		{w.T("trends.stays"), of("", isOn), a.stays, ""},
	}
	asked := desk.Asked{Report: "trend", Turnover: a.turnover, Stays: a.stays}
	if a.by != noGroups {
		asked.By = []string{a.by}
	}
	q, params, err := a.ofTable(d, asked)
	if err != nil {
		return nil, err
	}
	t, err := d.Report(ctx, q, func(chosen.Lack) {})
	if err = damaged(err); err != nil {
		return nil, err
	}
	params[byName] = asked.By
	for name, on := range map[string]bool{turnoverName: a.turnover, staysName: a.stays} {
		if on {
			params.Set(name, isOn)
		}
	}
	if !lives {
		params.Set(periodName, string(a.period))
	}
	v.Downloads = w.downloads("/reports/trend", params, "csv", "xlsx", "parquet", "json")
	if a.by != noGroups {
		w.nameGroups(t.Table, a.by)
	}
	v.About, v.Notes, v.Table = w.tell(t.About), w.tellAll(t.Notes), inShort(t.Table)
	if a.by != noGroups && !lives {
		v.Figures = w.eachTrend(t.Table)
		if len(v.Figures) > 1 {
			v.Scales = w.T("trends.scales")
		}
	} else {
		v.Figures = chart.FiguresIn(t.Table, w.say)
	}
	if !a.stays {
		w.nameMonths(v.Table)
	}
	return v, nil
}

// mostTrends is how many groups are drawn, each in a chart of its own: those with the most
// postings.
const mostTrends = 6

// eachTrend draws a table of months and groups, each group by itself.
func (w *words) eachTrend(t *report.Table) (out []chart.Figure) {
	at := columnOf(t, "postings")
	rows, postings := map[string][][]any{}, map[string]int{}
	for _, row := range t.Rows {
		name := report.Text(row[1])
		n, _ := row[at].(int)
		rows[name] = append(rows[name], slices.Concat(row[:1], row[2:]))
		postings[name] += n
	}
	names := slices.Sorted(maps.Keys(rows))
	slices.SortStableFunc(names, func(x, y string) int { return postings[y] - postings[x] })
	for i, name := range names[:min(mostTrends, len(names))] {
		one := *t
		one.Columns, one.Rows, one.Total = slices.Concat(t.Columns[:1], t.Columns[2:]), rows[name], nil
		for _, f := range chart.FiguresIn(&one, w.say) {
			f.ID += "-" + strconv.Itoa(i)
			f.Title = name + ": " + f.Title
			out = append(out, f)
		}
	}
	return out
}

// nameMonths writes the months of a table as people read them.
func (w *words) nameMonths(t *report.Table) {
	for _, row := range t.Rows {
		row[0] = w.month(report.Text(row[0]))
	}
}
