package embedded

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"jobsieve/indexer"
	"jobsieve/job"
)

// The columns that tables are counted from, besides those of groups.
const (
	columnPay     = "column_pay"  // the kind, and of pay that enters tables its sides: see payTerm
	columnDate    = "column_date" // of posting, the latest possible one, or that of first seen
	columnVacancy = "column_vacancy"
)

var columnNames = []string{columnPay, columnDate, columnVacancy}

// groupColumn is the column that documents are grouped by: that of a facet where this has
// the values as they are.
func groupColumn(f *indexer.Field) string {
	if isValued(f) && f.Type != indexer.TypeNamedText {
		return facetField(f.Name)
	}
	return "column_" + f.Name
}

// ownColumns gives the groupings of a schema that have a column of their own.
func ownColumns(schema indexer.Schema) (out []*indexer.Field) {
	for i := range schema {
		if f := &schema[i]; f.Grouping != "" && groupColumn(f) != facetField(f.Name) {
			out = append(out, f)
		}
	}
	return out
}

// columnsOf makes the columns of a document.
func columnsOf(schema indexer.Schema, d *indexer.Document, fields map[string]any) {
	fields[columnPay] = payTerm(&d.Detail.Pay)
	for name, text := range map[string]string{
		columnDate: cmp.Or(d.Posted, d.PostedLatest, d.FirstSeen), columnVacancy: vacancyTerm(d),
	} {
		if text != "" {
			fields[name] = text
		}
	}
	for _, f := range ownColumns(schema) {
		if values := f.Grouped(d); len(values) > 0 {
			fields[groupColumn(f)] = values
		}
	}
}

// vacancyTerm writes which vacancy tables count: for those of a single posting that there
// is one.
func vacancyTerm(d *indexer.Document) string {
	if d.VacancyRole == string(job.RoleAlone) {
		return alone
	}
	return d.Vacancy
}

// alone stands for a vacancy of one posting, which has a name of its own.
const alone = "-"

// notStated stands for a side of an offer in its term.
const notStated = "-"

// payTerm writes what tables use of pay: its kind, and behind it the sides of pay that
// enters tables.
func payTerm(p *job.Pay) string {
	if !p.Countable() {
		return string(p.Kind)
	}
	sides := [2]string{notStated, notStated}
	for i, side := range []*int64{p.AnnualMin, p.AnnualMax} {
		if side != nil {
			sides[i] = strconv.FormatInt(*side, 10)
		}
	}
	return strings.Join([]string{string(p.Kind), sides[0], sides[1]}, " ")
}

// payOf reads what payTerm wrote.
func payOf(term string) (c indexer.Counted, err error) {
	parts := strings.Split(term, " ")
	c.Kind = job.PayKind(parts[0])
	const withSides = 3
	if len(parts) != withSides {
		return c, nil
	}
	c.Countable = true
	for i, to := range []**int64{&c.Low, &c.High} {
		if parts[i+1] == notStated {
			continue
		}
		side, err := strconv.ParseInt(parts[i+1], 10, 64)
		if err != nil {
			return c, fmt.Errorf("read the pay of a document: %w", err)
		}
		*to = &side
	}
	return c, nil
}
