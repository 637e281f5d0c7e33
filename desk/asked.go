package desk

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/report"
	"jobsieve/report/files"
)

// Asked asks for a table: a report with its parameters, as command lines and URLs name
// them. A parameter that the report does not take is the zero value.
type Asked struct {
	// Report is the name of one of Reports.
	Report string
	// By is what it is grouped by, Across one more grouping whose values become columns.
	By     []string
	Across string
	// Compare is FIELD=A,B.
	Compare string
	Period  job.Period
	// Turnover and Stays ask for other tables of a trend.
	Turnover, Stays bool
	// Sort, Top and MinN choose rows, as report.Choice does.
	Sort      string
	Top, MinN int
	// Per is what counts: PerVacancy, or every posting where it is empty or PerPosting.
	Per string

	Filter filter.Filter
	From   Origin
	AsOf   string // YYYY-MM-DD, as in Counted
}

// What a table counts.
const (
	PerPosting = "posting"
	PerVacancy = "vacancy"
)

// ReportInfo says what a report is about, and which parameters it takes besides those of
// rows and filter, of by, across, compare, period, turnover and stays.
type ReportInfo struct {
	Name, Says string
	Takes      []string
	// By is what it is grouped by where nothing else is asked.
	By []string
}

// Reports are the tables that can be asked for.
func Reports() []ReportInfo {
	label := []string{"label"}
	return []ReportInfo{
		{"pay", "Pay by label, function, place, experience …", []string{"by", "across", "compare", "period"}, label},
		{"count", "How many postings and vacancies there are.", []string{"by", "across"}, label},
		{"disclosure", "How many postings state pay, and what the others say.", []string{"by", "across"}, label},
		{"trend", "Postings and pay by month.", []string{"by", "across", "period", "turnover", "stays"}, nil},
		{"skills", "Skills that postings name, and what these pay.", []string{"by", "across", "period"}, nil},
		{"labels", "Labels and functions, and why postings have none.", nil, nil},
	}
}

// Report makes the table that is asked for. Its error is a *ParameterError where a
// parameter is wrong, and one of which InPart is true where rows of the ledger are
// damaged; then the table is that of the others. lacking is that of Table.
func (d *Desk) Report(ctx context.Context, q *Asked, lacking func(chosen.Lack)) (*Table, error) {
	if q.Top < 0 || q.MinN < 0 {
		return nil, wrong("expected a number from 0 on").of("top", "min_n")
	}
	if err := q.checkPer(); err != nil {
		return nil, err
	}
	if err := CheckAsOf(q.AsOf, q.From); err != nil {
		return nil, err
	}
	// A table counts a posting that states no date from the day it was first seen.
	f := q.Filter
	f.Posted = filter.Dates{}
	which := Counted{Filter: &f, Dates: q.Filter.Posted, From: q.From, AsOf: q.AsOf, PerVacancy: q.Per == PerVacancy}
	t, err := d.tableOf(ctx, q, which, lacking)
	if err != nil && !InPart(err) {
		return nil, err
	}
	if choice := t.Choose(report.Choice{Sort: q.Sort, Top: q.Top, Least: q.MinN}); choice != nil {
		return nil, wrong("%w", choice).of("sort", "min_n")
	}
	return t, err
}

// checkPer refuses what can't be counted by vacancy.
func (q *Asked) checkPer() error {
	switch {
	case q.Per == "" || q.Per == PerPosting:
		return nil
	case q.Per != PerVacancy:
		return wrong("expected %s or %s, got %q", PerPosting, PerVacancy, q.Per).of("per")
	case q.AsOf != "":
		return wrong("expected it without %s: %w", parameter("as_of"), ErrNotPerVacancy).of("per")
	}
	return nil
}

// tableOf makes all rows of the table.
func (d *Desk) tableOf(ctx context.Context, q *Asked, which Counted, lacking func(chosen.Lack)) (*Table, error) {
	if q.Turnover || q.Stays {
		ask, err := q.lives()
		if err != nil {
			return nil, err
		}
		return d.Lives(ctx, ask, which, lacking)
	}
	ask, err := q.report()
	if err != nil {
		return nil, err
	}
	return d.Table(ctx, ask, which, lacking)
}

// report begins the report that is asked for.
func (q *Asked) report() (report.Report, error) {
	switch q.Report {
	case "pay":
		if q.Compare != "" {
			return q.comparison()
		}
		return q.grouped(func(by ...string) report.Report {
			return report.NewPay(report.Options{By: by, Period: q.Period})
		})
	case "count":
		return q.grouped(report.NewCount)
	case "disclosure":
		return q.grouped(report.NewDisclosure)
	case "trend":
		return q.grouped(func(by ...string) report.Report { return report.NewTrend(q.Period, by...) }, "month")
	case "skills":
		return q.grouped(func(by ...string) report.Report { return report.NewSkills(q.Period, by...) }, "skill")
	case "labels":
		return report.NewLabels(), nil
	}
	return nil, wrong("unknown report %q", q.Report).of("report")
}

// grouped begins a report by groups, of which it has some itself.
func (q *Asked) grouped(begin func(by ...string) report.Report, also ...string) (report.Report, error) {
	if err := q.checkGroups(also...); err != nil {
		return nil, err
	}
	if q.Across != "" {
		return report.NewAcross(begin, q.Across, q.By...), nil
	}
	return begin(q.By...), nil
}

// checkGroups refuses groupings that there are not.
func (q *Asked) checkGroups(also ...string) error {
	by := append(append([]string{}, also...), q.By...)
	if q.Across != "" {
		by = append(by, q.Across)
	}
	if err := report.CheckGroupings(by); err != nil {
		return wrong("%w", err).of("by", "across")
	}
	return nil
}

// comparison begins the comparison of FIELD=A,B.
func (q *Asked) comparison() (report.Report, error) {
	if q.Across != "" {
		return nil, wrong("expected it without %s, which has columns of its own", parameter("compare")).of("across")
	}
	by, values, ok := strings.Cut(q.Compare, "=")
	one, other, two := strings.Cut(values, ",")
	one, other = strings.TrimSpace(one), strings.TrimSpace(other)
	if !ok || !two || one == "" || other == "" || strings.EqualFold(one, other) {
		const format = "expected a grouping and two of its values, such as label=BPO,KPO, got %q"
		return nil, wrong(format, q.Compare).of("compare")
	}
	by = strings.TrimSpace(by)
	if err := report.CheckGroupings([]string{by}); err != nil {
		return nil, wrong("%w", err).of("compare")
	}
	if by == "label" {
		one, other = strings.ToUpper(one), strings.ToUpper(other)
	}
	if report.AreOne(by, one, other) {
		return nil, wrong("%q and %q are one %s; expected two", one, other, by).of("compare")
	}
	return report.NewComparison(q.Period, by, one, other), nil
}

// lives begins the table of how postings come and go, or of how long they stay.
func (q *Asked) lives() (report.Lived, error) {
	begin, name, also := report.NewTurnover, parameter("turnover"), []string{"month"}
	if q.Stays {
		begin, name, also = report.NewStays, parameter("stays"), nil
	}
	switch {
	case q.Turnover && q.Stays:
		return nil, wrong("expected one of them, for they are two tables").of("turnover", "stays")
	case q.Across != "":
		return nil, wrong("expected it without %s, which takes %s", name, parameter("by")).of("across")
	case q.AsOf != "":
		return nil, wrong("expected it without %s, which goes through all days", name).of("as_of")
	case q.From != FromLedger:
		const format = "%w, which %s needs; leave out %s"
		return nil, wrong(format, ErrLedgerOnly, name, parameter("from")).is("from", string(q.From))
	}
	if err := q.checkGroups(also...); err != nil {
		return nil, err
	}
	return begin(q.By...), nil
}

// CheckAsOf refuses a day of which what is read knows nothing. Its error is a
// *ParameterError.
func CheckAsOf(day string, from Origin) error {
	if day == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return wrong("expected a date such as 2026-01-31, got %q", day).of("as_of")
	}
	if from != FromLedger {
		return wrong("%w; leave out %s %s", ErrLedgerOnly, parameter("from"), from).of("as_of")
	}
	return nil
}

// Args gives the words and flags of a command line that ask for the table.
func (q *Asked) Args() []string {
	args := []string{"report", q.Report}
	add := func(given bool, words ...string) {
		if given {
			args = append(args, words...)
		}
	}
	lives := q.Turnover || q.Stays
	add(q.Compare != "", "--compare", q.Compare)
	add(q.Compare == "" && len(q.By) > 0, "--by", strings.Join(q.By, ","))
	add(q.Across != "", "--across", q.Across)
	add(q.Turnover, "--turnover")
	add(q.Stays, "--stays")
	add(q.Period != "" && !lives, "--period", string(q.Period))
	add(q.Sort != "", "--sort="+q.Sort)
	add(q.Top > 0, "--top", strconv.Itoa(q.Top))
	add(q.MinN > 0, "--min-n", strconv.Itoa(q.MinN))
	add(q.Per == PerVacancy, "--per", q.Per)
	add(q.AsOf != "", "--as-of", q.AsOf)
	return append(args, q.Filter.Args()...)
}

// File gives the table that was asked for with what it rests on. program is the version
// of the program; typed writes a command line as it is typed.
func (d *Desk) File(
	ctx context.Context, q *Asked, t *Table, program string, typed func(words ...string) string,
) (*files.File, error) {
	basis, err := d.Basis(ctx)
	if err != nil {
		return nil, err
	}
	f := FileAlone(q, t, program, typed)
	f.Basis.RulesVersion, f.Basis.Stored = basis.RulesVersion, basis.Stored
	if q.AsOf == "" && !basis.Newest.IsZero() {
		f.Basis.AsOf = basis.Newest.In(job.IST).Format(time.DateOnly)
	}
	return f, nil
}

// FileAlone is File without what is asked of the whole ledger, for a format that does not
// say it, see files.Format.SaysBasis.
func FileAlone(q *Asked, t *Table, program string, typed func(words ...string) string) *files.File {
	return &files.File{Table: t.Table, Basis: files.Basis{
		Question: typed(append([]string{"jobsieve"}, q.Args()...)...),
		Filter:   &q.Filter, From: string(q.From), Program: program, ReadOtherwise: t.ReadOtherwise, AsOf: q.AsOf,
	}}
}
