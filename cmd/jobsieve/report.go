package main

import (
	"errors"
	"runtime/debug"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/job"
)

type reportCmds struct {
	Pay        reportPayCmd        `cmd:"" help:"Pay by label, function, place, experience …"`
	Count      reportCountCmd      `cmd:"" help:"How many postings and vacancies there are."`
	Disclosure reportDisclosureCmd `cmd:"" help:"How many postings state pay, and what the others say."`
	Trend      reportTrendCmd      `cmd:"" help:"Postings and pay by month."`
	Skills     reportSkillsCmd     `cmd:"" help:"Skills that postings name, and what these pay."`
	Labels     reportLabelsCmd     `cmd:"" help:"Labels and functions, and why postings have none."`
}

// askedFlags say which rows a table has, and what it is about.
type askedFlags struct {
	Sort string `placeholder:"COLUMN" help:"Order the rows by a column, with a - before it the greatest first (--sort=-postings)."`
	Top  int    `placeholder:"N" help:"Keep the first N rows: by --sort, else those with the most postings. The total stays that of all."`
	Per  string `default:"posting" enum:"posting,vacancy" help:"Count each posting, or each vacancy once, by its newest stated offer."`
	MinN int    `name:"min-n" placeholder:"N" help:"Leave out rows of fewer than N postings."`
	tableFlags
	filter.Flags
	fromFlag
	serverFlags
}

// halfGC has tables of a million postings take a tenth less memory for a tenth more time.
const halfGC = 50

// run makes the table that is asked for and writes it.
func (r *askedFlags) run(a *app, ask *desk.Asked) error {
	if r.Server != "" {
		return r.remote(a, ask)
	}
	debug.SetGCPercent(halfGC)
	if _, err := r.settle(a); err != nil {
		return err
	}
	d, f, err := a.asked(&r.Flags, "")
	if err != nil {
		return err
	}
	ask.Filter, ask.From, ask.AsOf = f, r.From, r.AsOf
	ask.Sort, ask.Top, ask.MinN, ask.Per = r.Sort, r.Top, r.MinN, r.Per
	return d.Holding(a.ctx, func() error { return r.answer(a, d, ask) })
}

// answer makes the table and writes it.
func (r *askedFlags) answer(a *app, d *desk.Desk, ask *desk.Asked) error {
	t, err := d.Report(a.ctx, ask, a.lacking(d))
	if err := a.aside(byFlag(err)); err != nil {
		return err
	}
	f := ask.Filter
	f.Posted = filter.Dates{} // of which the table has notes
	if err := r.say(a, d, t, &f); err != nil {
		return err
	}
	return r.tell(a, d, t, ask)
}

// byFlag makes an error of usage, which names flags, of one that names parameters.
func byFlag(err error) error {
	var of *desk.ParameterError
	if !errors.As(err, &of) {
		return err
	}
	var names []string
	for _, name := range of.Of {
		names = append(names, flagOf(name))
	}
	return usage("%s: %s", strings.TrimSpace(strings.Join(names, ", ")+" "+of.Value), of.Problem(flagOf))
}

// flagOf gives the flag of a parameter.
func flagOf(name string) string { return "--" + strings.ReplaceAll(name, "_", "-") }

// say tells what stands in no row of the table.
func (r *askedFlags) say(a *app, d *desk.Desk, t *desk.Table, f *filter.Filter) error {
	a.tellReadOtherwise(t.ReadOtherwise)
	if t.Older > 0 && t.ReadOtherwise == 0 {
		a.note("%s were read by an earlier version, which knew less of them (no skills): \"%s\" reads them anew",
			job.Count(t.Older, "posting"), a.command("relabel", "--apply"))
	}
	for _, note := range t.Notes {
		a.note("%s", note)
	}
	if t.Postings > 0 {
		return nil
	}
	return a.tellNothing(d, f, "no posting is counted: none is stored, or none passes the filters")
}

type reportPayCmd struct {
	By      []string `default:"label" help:"What to group by: ${groupings}. Separate several with commas."`
	Across  string   `placeholder:"FIELD" help:"One more grouping, whose values become columns: postings, those stating pay, and the median."`
	Compare string   `placeholder:"FIELD=A,B" help:"Compare the medians of two groups instead, with intervals of 95 % and what else differs."`
	Period  string   `default:"year" enum:"year,month" help:"Figures per ${enum}."`
	askedFlags
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
  jobsieve report pay --by city --text 'voice process'
  jobsieve report pay --by function --across label --top 10
  jobsieve report pay --compare label=BPO,KPO --period month`
}

// Run makes a pay table.
func (cmd *reportPayCmd) Run(a *app) error {
	return cmd.run(a, &desk.Asked{
		Report: "pay", By: cmd.By, Across: cmd.Across, Compare: cmd.Compare, Period: job.Period(cmd.Period),
	})
}

type reportCountCmd struct {
	By     []string `default:"label" help:"What to group by: ${groupings}. Separate several with commas."`
	Across string   `placeholder:"FIELD" help:"One more grouping, whose values become columns."`
	askedFlags
}

// Help says what is counted.
func (*reportCountCmd) Help() string {
	return `Which postings are of one vacancy is told by jobsieve vacancies; each counts in every group that one of its postings is in. With --per vacancy each counts in the groups of its representative alone. A posting in two places counts in each, and once in the total.

  jobsieve report count --by city --top 20
  jobsieve report count --by function --across label
  jobsieve report count --by company --min-n 5 --sort=-vacancies`
}

// Run makes the table.
func (cmd *reportCountCmd) Run(a *app) error {
	return cmd.run(a, &desk.Asked{Report: "count", By: cmd.By, Across: cmd.Across})
}

type reportDisclosureCmd struct {
	By     []string `default:"label" help:"What to group by: ${groupings}. Separate several with commas."`
	Across string   `placeholder:"FIELD" help:"One more grouping, whose values become columns."`
	askedFlags
}

// Help says what is counted.
func (*reportDisclosureCmd) Help() string {
	return `stating_pay are offers in rupees whose amounts are believable, which count in pay tables; other_offers are those in other currencies, and those that can't be believed. estimates are a board's own, unpaid work pays nothing, undisclosed postings speak of pay without a figure, silent ones don't.

  jobsieve report disclosure --by source
  jobsieve report disclosure --by function --label KPO --sort=-share_stating_pay`
}

// Run makes the table.
func (cmd *reportDisclosureCmd) Run(a *app) error {
	return cmd.run(a, &desk.Asked{Report: "disclosure", By: cmd.By, Across: cmd.Across})
}

type reportTrendCmd struct {
	By       []string `help:"What to group by within a month: ${groupings}. Separate several with commas."`
	Across   string   `placeholder:"FIELD" help:"One more grouping, whose values become columns."`
	Period   string   `default:"year" enum:"year,month" help:"Figures per ${enum}."`
	Turnover bool     `help:"Count the postings of each month that are new, that were closed, and that were open at its end, instead."`
	Stays    bool     `help:"Say how many days postings stay open, instead."`
	askedFlags
}

// Help says what a month holds.
func (*reportTrendCmd) Help() string {
	return `Months are those of posting; postings whose day is not known stand in the row undated. mid_median is the median of the midpoints of mid_n offers, blank for fewer than five.

--turnover goes by the days on which postings were first seen and closed; new are all that were first seen in the month, open_at_end those that crawls showed and nothing had shown to be over; the last month ends with what is known. A posting that is closed twice counts twice. Those that came with a file are new, and open only once a crawl sees them.

--stays counts postings that crawls saw. Many are not closed yet, and count for as long as they were seen, then leave, censored; the figures are those of Kaplan and Meier, who take this into account. days_median is by when half are closed, blank where that is not reached or fewer than five are left to be seen; at_risk_30 is how many are left after 30 days. What came with a file before a crawl saw it counts from then on. Both are read from the ledger.

With --per vacancy a vacancy is new when its first posting is first seen, open while any of them is, and closed once all are, at the last close. One that waits to be compared is a vacancy of its own. SVG and HTML draw all three.

  jobsieve report trend --period month --out trend.html
  jobsieve report trend --across label
  jobsieve report trend --turnover --by label
  jobsieve report trend --stays --by label
  jobsieve report trend --stays --per vacancy --out stays.html`
}

// Run makes the table.
func (cmd *reportTrendCmd) Run(a *app) error {
	return cmd.run(a, &desk.Asked{
		Report: "trend", By: cmd.By, Across: cmd.Across, Period: job.Period(cmd.Period), Turnover: cmd.Turnover,
		Stays: cmd.Stays,
	})
}

type reportSkillsCmd struct {
	By     []string `help:"What to group by besides: ${groupings}. Separate several with commas."`
	Across string   `placeholder:"FIELD" help:"One more grouping, whose values become columns."`
	Period string   `default:"year" enum:"year,month" help:"Figures per ${enum}."`
	askedFlags
}

// Help says what is counted.
func (*reportSkillsCmd) Help() string {
	return `A posting counts for each skill, tool or certificate that its title, skills or description names, whether it asks for it or says that it isn't needed; what names none is in the row unknown. share is that of all postings, so that shares add up to more than all. mid_median is the median of the midpoints of mid_n offers, blank for fewer than five. The names of skills are those of the lexicon: docs/lexicon.md.

Postings that an earlier version read have no skills until jobsieve relabel --apply reads them again.

  jobsieve report skills --label KPO --top 20
  jobsieve report skills --across label --top 20
  jobsieve report pay --by skill --label BPO --sort=-mid_median`
}

// Run makes the table.
func (cmd *reportSkillsCmd) Run(a *app) error {
	return cmd.run(a, &desk.Asked{
		Report: "skills", By: cmd.By, Across: cmd.Across, Period: job.Period(cmd.Period),
	})
}

type reportLabelsCmd struct{ askedFlags }

// Help says what is counted.
func (*reportLabelsCmd) Help() string {
	return `by_hand counts the postings that a person labelled. no_evidence, below_threshold, tie and cancelled are why the rules leave a posting UNCLASSIFIED.

  jobsieve report labels
  jobsieve report labels --source acme --format markdown`
}

// Run makes the table.
func (cmd *reportLabelsCmd) Run(a *app) error { return cmd.run(a, &desk.Asked{Report: "labels"}) }
