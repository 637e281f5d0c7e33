package page

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/report"
)

// The parameters of a URL beside those of a filter.
const (
	langName   = "lang"
	sortName   = "sort"
	offsetName = "offset"
	byName     = "by"
	periodName = "period"
	// Of a comparison: the two groups.
	oneName   = "one"
	otherName = "other"
	// Of trends: which.
	turnoverName = "turnover"
	staysName    = "stays"
	asOfName     = "as_of"
)

// ownNames are those of the views themselves.
var ownNames = []string{
	sortName, offsetName, byName, periodName, oneName, otherName, turnoverName, staysName, asOfName,
}

// perPage is how many postings a page shows.
const perPage = 20

// orders are the orders of postings; the first is used where a URL names none.
var orders = []indexer.Order{
	indexer.OrderRelevance, indexer.OrderDate, indexer.OrderPay, indexer.OrderCompany, indexer.OrderTitle,
}

// periods are those of the amounts of a chart; the first is used where a URL names none.
var periods = []job.Period{job.PerMonth, job.PerYear}

// usualBy is what a view is grouped by where a URL names nothing.
func (a *ask) usualBy() string {
	if a.path == trendsPath {
		return noGroups
	}
	return "label"
}

// noGroups is the name of the grouping that puts all postings together.
const noGroups = "none"

// ask is what a URL asks for.
type ask struct {
	w    *words
	path string // which view
	// given are the parameters of the filter as they are given; own are the others, where
	// they say something else than usual.
	given, own url.Values
	filter     filter.Filter
	order      indexer.Order
	offset     int
	by         string
	period     job.Period
	// one and other are the groups that are compared; turnover and stays ask for other
	// tables of trends.
	one, other      string
	turnover, stays bool
	// day is the one, YYYY-MM-DD, at whose end postings are shown as they were; empty for now.
	day    string
	faults filter.Faults
	// blank says that some parameters are empty, as forms send them.
	blank bool
}

// askOf reads what a URL asks for.
func askOf(u *url.URL, w *words, book filter.Book) *ask {
	a := &ask{w: w, path: u.Path, given: url.Values{}, own: url.Values{}}
	a.order, a.period, a.by = orders[0], periods[0], a.usualBy()
	own := url.Values{}
	for name, values := range u.Query() {
		kept := slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
		a.blank = a.blank || len(kept) < len(values)
		switch {
		case len(kept) == 0 || name == langName:
		case slices.Contains(ownNames, name):
			own[name] = kept
		default:
			a.given[name] = kept
		}
	}
	a.readOwn(own)
	var faults filter.Faults
	var err error
	if a.filter, err = filter.Parse(a.given, book); err == nil {
		_, err = a.filter.Query()
	}
	switch {
	case errors.As(err, &faults):
		a.faults = append(a.faults, faults...)
	case err != nil:
		a.faults = append(a.faults, filter.FaultOf("text", sentence.OfError(err)))
	}
	return a
}

// readOwn reads the parameters that are not a filter's.
func (a *ask) readOwn(own url.Values) {
	if v := own.Get(sortName); v != "" {
		if a.order = indexer.Order(v); !slices.Contains(orders, a.order) {
			a.refuse(sortName, "not_order", "expected relevance, date, pay, company or title, got %q", v)
		} else if a.order != orders[0] {
			a.own.Set(sortName, v)
		}
	}
	if v := own.Get(offsetName); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > indexer.MaxHits-perPage {
			a.refuse(offsetName, "not_offset", "expected a number from 0 to %d, got %q", indexer.MaxHits-perPage, v)
		}
		a.offset = n
	}
	if v := own.Get(byName); v != "" {
		if a.by = v; v != noGroups && report.CheckGroupings([]string{v}) != nil {
			a.refuse(byName, "not_grouping", "expected a grouping such as function, city or experience, got %q", v)
		} else if v != a.usualBy() {
			a.own.Set(byName, v)
		}
	}
	if v := own.Get(periodName); v != "" {
		if a.period = job.Period(v); !slices.Contains(periods, a.period) {
			a.refuse(periodName, "not_period", "expected month or year, got %q", v)
		} else if a.period != periods[0] {
			a.own.Set(periodName, v)
		}
	}
	a.readGroups(own)
	a.readDay(own.Get(asOfName))
}

// readGroups reads the groups of a comparison, and which trends are asked for.
func (a *ask) readGroups(own url.Values) {
	a.one, a.other = own.Get(oneName), own.Get(otherName)
	set(oneName, a.one)(a.own)
	set(otherName, a.other)(a.own)
	a.turnover, a.stays = a.readSwitch(turnoverName, own.Get(turnoverName)), a.readSwitch(staysName, own.Get(staysName))
	if a.turnover && a.stays {
		a.refuse(staysName, "two_tables", "expected one of turnover and stays, for they are two tables")
	}
}

// readDay reads the day at whose end postings are asked for; empty for now.
func (a *ask) readDay(day string) {
	a.day = day
	set(asOfName, day)(a.own)
	switch {
	case desk.CheckAsOf(day, desk.FromLedger) != nil:
		a.refuse(asOfName, "not_date", "expected a date such as 2026-01-31, got %q", day)
	case day != "" && (a.turnover || a.stays):
		a.refuse(asOfName, "day_of_lives", "expected it without turnover and stays, which go through all days")
	}
}

// readSwitch reads a parameter that is true or false.
func (a *ask) readSwitch(name, value string) bool {
	switch value {
	case isOn:
		a.own.Set(name, value)
	case "", "false":
	default:
		a.refuse(name, "not_true_or_false", "expected true or false, got %q", value)
	}
	return value == isOn
}

// refuse notes the fault of a parameter.
func (a *ask) refuse(name, kind, english string, args ...any) {
	a.faults = append(a.faults, filter.FaultOf(name, sentence.Of(kind, english, args...)))
}

// isOn is the value of a switch.
const isOn = "true"

// values are all parameters, from the first page on.
func (a *ask) values() url.Values {
	all := a.filter.Values()
	for name, values := range a.own {
		all[name] = values
	}
	return all
}

// link gives the address of the view with its parameters changed, from the first page on.
func (a *ask) link(change func(url.Values)) string { return a.linkTo(a.path, change) }

func (a *ask) linkTo(path string, change func(url.Values)) string {
	all := a.values()
	if change != nil {
		change(all)
	}
	return a.w.link(path, all)
}

// linkOf gives the address of the view with another filter.
func (a *ask) linkOf(f *filter.Filter) string {
	other := *a
	other.filter = *f
	return other.link(nil)
}

// set changes a parameter; an empty value takes it away.
func set(name, value string) func(url.Values) {
	return func(v url.Values) {
		v.Set(name, value)
		if value == "" {
			v.Del(name)
		}
	}
}

// without takes one value of a parameter away.
func without(name, value string) func(url.Values) {
	return func(v url.Values) {
		v[name] = slices.DeleteFunc(slices.Clone(v[name]), func(s string) bool { return s == value })
		if len(v[name]) == 0 {
			delete(v, name)
		}
		if !v.Has("pay_min") && !v.Has("pay_max") {
			delete(v, "pay_period") // alone it says nothing
		}
	}
}

// shownFilter is the filter of exactly the postings that a search shows: of those that it
// finds, the closed ones too only where it asks for them.
func (a *ask) shownFilter() *filter.Filter {
	f := a.filter
	if f.AsksState() {
		return &f
	}
	f.Not = map[string][]string{stateName: {string(job.StateClosed)}}
	for name, values := range a.filter.Not {
		f.Not[name] = values
	}
	return &f
}

const stateName = "posting_state"
