package main

import (
	"runtime/debug"
	"strconv"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/report"
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
}

// groupFlags say what a table is grouped by.
type groupFlags struct {
	By     []string `help:"What to group by: ${groupings}. Separate several with commas."`
	Across string   `placeholder:"FIELD" help:"One more grouping, whose values become columns."`
}

// check refuses groupings that there are not.
func (g *groupFlags) check(also ...string) error {
	by := append(append([]string{}, also...), g.By...)
	if g.Across != "" {
		by = append(by, g.Across)
	}
	if err := report.CheckGroupings(by); err != nil {
		return usage("--by, --across: %w", err)
	}
	return nil
}

// report begins the report that is asked for.
func (g *groupFlags) report(begin func(by ...string) report.Report) report.Report {
	if g.Across != "" {
		return report.NewAcross(begin, g.Across, g.By...)
	}
	return begin(g.By...)
}

// command gives the flags as they are typed.
func (g *groupFlags) command() (args []string) {
	if len(g.By) > 0 {
		args = append(args, "--by", strings.Join(g.By, ","))
	}
	if g.Across != "" {
		args = append(args, "--across", g.Across)
	}
	return args
}

// halfGC has tables of a million postings take a tenth less memory for a tenth more time.
const halfGC = 50

// run makes the table of a report and writes it. command are the words and flags that ask
// for it, without those of the rows and of the filter.
func (r *askedFlags) run(a *app, ask report.Report, command ...string) error {
	table := func(d *desk.Desk, which desk.Counted) (*desk.Table, error) {
		return d.Table(a.ctx, ask, which, a.lacking(d))
	}
	return r.make(a, table, command...)
}

// make is run for a table that a function makes.
func (r *askedFlags) make(
	a *app, table func(*desk.Desk, desk.Counted) (*desk.Table, error), command ...string,
) error {
	debug.SetGCPercent(halfGC)
	if r.perVacancy() && r.AsOf != "" {
		return usage("--per vacancy: expected it without --as-of: %w", desk.ErrNotPerVacancy)
	}
	if r.Top < 0 || r.MinN < 0 {
		return usage("--top, --min-n: expected a number from 0 on")
	}
	if _, err := r.settle(a); err != nil {
		return err
	}
	d, f, err := a.asked(&r.Flags, "")
	if err != nil {
		return err
	}
	// A table counts a posting that states no date from the day it was first seen.
	asked := f
	if err := r.fromFlag.check(&f); err != nil {
		return err
	}
	which := desk.Counted{Filter: &f, Dates: f.Posted, From: r.From, AsOf: r.AsOf, PerVacancy: r.perVacancy()}
	f.Posted = filter.Dates{}
	t, err := table(d, which)
	if err := a.aside(err); err != nil {
		return err
	}
	if err := t.Choose(report.Choice{Sort: r.Sort, Top: r.Top, Least: r.MinN}); err != nil {
		return usage("--sort, --min-n: %w", err)
	}
	if err := r.say(a, d, t, &f); err != nil {
		return err
	}
	return r.tell(a, d, t, &asked, r.fromFlag, append(append([]string{"report"}, command...), r.command()...)...)
}

// perVacancy reports that each vacancy counts once.
func (r *askedFlags) perVacancy() bool { return r.Per == "vacancy" }

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

// command gives the flags of the rows as they are typed.
func (r *askedFlags) command() (args []string) {
	if r.Sort != "" {
		args = append(args, "--sort="+r.Sort)
	}
	if r.Top > 0 {
		args = append(args, "--top", strconv.Itoa(r.Top))
	}
	if r.MinN > 0 {
		args = append(args, "--min-n", strconv.Itoa(r.MinN))
	}
	if r.perVacancy() {
		args = append(args, "--per", r.Per)
	}
	if r.AsOf != "" {
		args = append(args, "--as-of", r.AsOf)
	}
	return args
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
	period := job.Period(cmd.Period)
	if cmd.Compare != "" && cmd.Across != "" {
		return usage("--across: expected it without --compare, which has columns of its own")
	}
	if cmd.Compare != "" {
		by, one, other, err := comparedOf(cmd.Compare)
		if err != nil {
			return err
		}
		return cmd.run(a, report.NewComparison(period, by, one, other), "pay", "--compare", cmd.Compare, "--period",
			cmd.Period)
	}
	groups := groupFlags{cmd.By, cmd.Across}
	if err := groups.check(); err != nil {
		return err
	}
	pay := groups.report(func(by ...string) report.Report {
		return report.NewPay(report.Options{By: by, Period: period})
	})
	return cmd.run(a, pay, append(append([]string{"pay"}, groups.command()...), "--period", cmd.Period)...)
}

// comparedOf reads FIELD=A,B.
func comparedOf(text string) (by, one, other string, err error) {
	by, values, ok := strings.Cut(text, "=")
	one, other, two := strings.Cut(values, ",")
	one, other = strings.TrimSpace(one), strings.TrimSpace(other)
	if !ok || !two || one == "" || other == "" || strings.EqualFold(one, other) {
		const format = "--compare: expected a grouping and two of its values, such as label=BPO,KPO, got %q"
		return "", "", "", usage(format, text)
	}
	by = strings.TrimSpace(by)
	if err := report.CheckGroupings([]string{by}); err != nil {
		return "", "", "", usage("--compare: %w", err)
	}
	if by == "label" {
		one, other = strings.ToUpper(one), strings.ToUpper(other)
	}
	if report.AreOne(by, one, other) {
		return "", "", "", usage("--compare: %q and %q are one %s; expected two", one, other, by)
	}
	return by, one, other, nil
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
	groups := groupFlags{cmd.By, cmd.Across}
	if err := groups.check(); err != nil {
		return err
	}
	return cmd.run(a, groups.report(report.NewCount), append([]string{"count"}, groups.command()...)...)
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
	groups := groupFlags{cmd.By, cmd.Across}
	if err := groups.check(); err != nil {
		return err
	}
	return cmd.run(a, groups.report(report.NewDisclosure), append([]string{"disclosure"}, groups.command()...)...)
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

  jobsieve report trend --period month --out trend.html
  jobsieve report trend --across label
  jobsieve report trend --turnover --by label
  jobsieve report trend --stays --by label`
}

// Run makes the table.
func (cmd *reportTrendCmd) Run(a *app) error {
	groups := groupFlags{cmd.By, cmd.Across}
	if cmd.Turnover || cmd.Stays {
		return cmd.lives(a, &groups)
	}
	if err := groups.check("month"); err != nil {
		return err
	}
	trend := groups.report(func(by ...string) report.Report { return report.NewTrend(job.Period(cmd.Period), by...) })
	return cmd.run(a, trend, append(append([]string{"trend"}, groups.command()...), "--period", cmd.Period)...)
}

// lives makes the table of how postings come and go, or of how long they stay.
func (cmd *reportTrendCmd) lives(a *app, groups *groupFlags) error {
	begin, flag, also := report.NewTurnover, "--turnover", []string{"month"}
	if cmd.Stays {
		begin, flag, also = report.NewStays, "--stays", nil
	}
	switch {
	case cmd.Turnover && cmd.Stays:
		return usage("--turnover and --stays are two tables: expected one of them")
	case cmd.Across != "":
		return usage("--across: expected it without %s, which takes --by", flag)
	case cmd.perVacancy():
		return usage("--per: expected it without %s, which is about postings", flag)
	case cmd.AsOf != "":
		return usage("--as-of: expected it without %s, which goes through all days", flag)
	case cmd.From != desk.FromLedger:
		return usage("--from %s: %w, which %s needs; leave out --from", cmd.From, desk.ErrLedgerOnly, flag)
	}
	if err := groups.check(also...); err != nil {
		return err
	}
	table := func(d *desk.Desk, which desk.Counted) (*desk.Table, error) {
		return d.Lives(a.ctx, begin(cmd.By...), which, a.lacking(d))
	}
	return cmd.make(a, table, append(append([]string{"trend"}, groups.command()...), flag)...)
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
	groups := groupFlags{cmd.By, cmd.Across}
	if err := groups.check("skill"); err != nil {
		return err
	}
	skills := groups.report(func(by ...string) report.Report { return report.NewSkills(job.Period(cmd.Period), by...) })
	return cmd.run(a, skills, append(append([]string{"skills"}, groups.command()...), "--period", cmd.Period)...)
}

type reportLabelsCmd struct{ askedFlags }

// Help says what is counted.
func (*reportLabelsCmd) Help() string {
	return `by_hand counts the postings that a person labelled. no_evidence, below_threshold, tie and cancelled are why the rules leave a posting UNCLASSIFIED.

  jobsieve report labels
  jobsieve report labels --source acme --format markdown`
}

// Run makes the table.
func (cmd *reportLabelsCmd) Run(a *app) error { return cmd.run(a, report.NewLabels(), "labels") }
