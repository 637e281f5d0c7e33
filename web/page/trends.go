package page

import (
	"context"
	"net/http"
	"net/url"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/report"
	"jobsieve/report/chart"
)

const trendsPath = "/trends"

// trendsView is what changes with time.
type trendsView struct {
	Of, By, Periods []choice
	// About says in English what the table holds.
	About     string
	Notes     []string
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
	v.Downloads = downloads("/reports/trend", params, "csv", "xlsx", "parquet", "json")
	v.About, v.Notes, v.Table = t.About, t.Notes, inShort(t.Table)
	if a.by != noGroups {
		w.nameGroups(t.Table, a.by)
	}
	v.Figures = chart.Figures(t.Table)
	return v, nil
}
