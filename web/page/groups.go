package page

import (
	"context"
	"slices"
	"strings"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"jobsieve/report"
)

// checkTwo gives the two groups the names that t has, and refuses one that there is not: that
// neither t has, nor the table of all postings, nor the rules.
func (a *ask) checkTwo(ctx context.Context, d *desk.Desk, t *report.Table) error {
	var all *report.Table
	for _, side := range []struct {
		param string
		value *string
	}{{oneName, &a.one}, {otherName, &a.other}} {
		value := side.value
		if *value == "" || a.groupIn(t, value) || a.isClosed(d, *value) {
			continue
		}
		if all == nil {
			of := &desk.Asked{Report: "pay", By: []string{a.by}, From: desk.FromLedger, Period: a.period}
			got, err := d.Report(ctx, of, func(chosen.Lack) {})
			if err = damaged(err); err != nil {
				return err
			}
			all = got.Table
		}
		if !a.groupIn(all, value) {
			a.refuseGroup(side.param, *value, all)
		}
	}
	if len(a.faults) == 0 && a.one != "" && a.one == a.other {
		a.refuse(otherName, "one_group", "expected another than %s", a.w.groupName(a.by, a.one))
	}
	return nil
}

// groupIn finds a group of a table that a value names, and gives the value the group's name.
func (a *ask) groupIn(t *report.Table, value *string) bool {
	for _, same := range []func(string) bool{
		func(name string) bool { return name == *value },
		func(name string) bool { return strings.EqualFold(name, *value) || report.AreOne(a.by, name, *value) },
	} {
		for _, row := range t.Rows {
			if name := report.Text(row[0]); same(name) {
				*value = name
				return true
			}
		}
	}
	return false
}

// isClosed reports a value that postings may have, whether or not some do.
func (a *ask) isClosed(d *desk.Desk, value string) bool {
	book := d.Book()
	if a.by == "label" && slices.Contains(book.Labels, job.Label(value)) {
		return true
	}
	if a.by == "function" && slices.Contains(book.Functions, job.Function(value)) {
		return true
	}
	f, ok := indexer.Fields.Grouping(a.by)
	return ok && slices.Contains(f.Closed, value)
}

// mostGroups is how many groups a fault names where none is near.
const mostGroups = 5

// refuseGroup notes that there is no such group, and which there are.
func (a *ask) refuseGroup(param, value string, t *report.Table) {
	at := columnOf(t, "postings")
	rows := slices.Clone(t.Rows)
	postings := func(row []any) int { n, _ := row[at].(int); return n }
	slices.SortStableFunc(rows, func(x, y []any) int { return postings(y) - postings(x) })
	var names []string
	for _, row := range rows {
		if name := report.Text(row[0]); name != "" && !report.IsUnknown(name) {
			names = append(names, name)
		}
	}
	if near := strictyaml.Nearest(value, names); near != "" {
		a.refuse(param, "no_group_near", "there is no group %q; did you mean %q?", value, near)
		return
	}
	a.refuse(param, "no_group", "there is no group %q; expected one such as %s", value,
		strings.Join(names[:min(mostGroups, len(names))], ", "))
}
