package main

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/report"
)

type reportCmds struct {
	Pay reportPayCmd `cmd:"" help:"Pay by label, function, place, experience …"`
}

type reportPayCmd struct {
	By     []string `default:"label" help:"What to group by: label, function, place, city, state, country, source, company, experience (the least asked for), education, shift, mode, language, languages, openings, outsourced, labelled_by, month. Separate several with commas."`
	Period string   `default:"year" enum:"year,month" help:"Figures per ${enum}."`
	tableFlags
	filter.Flags
	fromFlag
}

// Help says what the figures are.
func (*reportPayCmd) Help() string {
	return `Only offers in rupees whose amounts are believable count; estimates and unpaid work are counted apart. The lower figure of an offer goes into the low_ columns, the upper one the high_ columns, their midpoint the mid_ columns; "up to" is only high, "from" only low. Quantiles are exact (type 7). Figures that rest on fewer than five postings stay blank. A posting in two places counts in each, and once in the total. For --since and --until a posting that states no date counts from the day it was first seen; search, which goes by the stated date, leaves it out; --by month counts it as undated. One that was posted on or before a day, "30+ days ago", is within --until from that day on, never within --since, and undated by month; over dates a message on stderr says how many dates are stated, inferred from relative ones, bounded or unknown. share_in_entry_band is the share of the postings stating pay whose offer begins at 9,000 to 15,000 rupees a month.

A company name of more than 256 characters counts as unknown. With --text the index finds the words; what it lacks is not counted, and a message says so.

A terminal gets a table, a pipe the CSV. In the JSON a figure that rests on too few postings is null.

  jobsieve report pay --by label,function --period month
  jobsieve report pay --by city --out pay.xlsx
  jobsieve report pay --by function --place Maharashtra --experience 0-2
  jobsieve report pay --by city --where 'city in (Pune, Mumbai) and mode != remote'
  jobsieve report pay --by city --text 'voice process'`
}

// Run makes a pay table.
func (cmd *reportPayCmd) Run(a *app) error {
	if err := report.CheckGroupings(cmd.By); err != nil {
		return usage("--by: %w", err)
	}
	if _, err := cmd.settle(a); err != nil {
		return err
	}
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	// A table counts a posting that states no date from the day it was first seen.
	asked := f
	which := desk.Counted{Filter: &f, Dates: f.Posted, From: cmd.From}
	f.Posted = filter.Dates{}
	pay := report.NewPay(report.Options{By: cmd.By, Period: job.Period(cmd.Period)})
	t, err := d.Table(a.ctx, pay, which, a.lacking(d))
	if err := a.aside(err); err != nil {
		return err
	}
	a.tellReadOtherwise(t.ReadOtherwise)
	if which.Dates != (filter.Dates{}) || slices.Contains(cmd.By, "month") {
		fmt.Fprintln(a.err, t.Dates)
	}
	if t.Postings == 0 {
		err := a.tellNothing(d, &f, "no posting is counted: none is stored, or none passes the filters")
		if err != nil {
			return err
		}
	}
	return cmd.tell(a, d, t, &asked, cmd.fromFlag,
		"report", "pay", "--by", strings.Join(cmd.By, ","), "--period", cmd.Period)
}
