package filter

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// notPrefix begins the names of parameters whose values are excluded.
const notPrefix = "not."

// whereName is the parameter of conditions, which may be several.
const whereName = "where"

// scalar is a parameter that has one value: its flag, and how it is read and
// written.
type scalar struct {
	name  string
	flag  indexer.Flag
	read  func(*Filter, string) error
	write func(*Filter) string
}

// scalars are the parameters that are not fields of a document, in the order of
// their flags.
var scalars = append([]scalar{
	{
		"text",
		indexer.Flag{
			Help:  `Words that the index must find in a posting, all of them; "a phrase"; -without, as in --text=-typing.`,
			Value: "WORDS",
		},
		func(f *Filter, v string) error { f.Text = v; return nil },
		func(f *Filter) string { return f.Text },
	},
	{
		"experience", indexer.Flag{Help: "The years asked for overlap these: 0-2, 3+ or 3.", Value: "YEARS"},
		func(f *Filter, v string) (err error) { f.Experience, err = yearsOf.parse(v); return err },
		func(f *Filter) string { return spanText(f.Experience) },
	},
	{
		"openings", indexer.Flag{Help: "How many people are sought: 5, 2-5 or 10+.", Value: "NUMBER"},
		func(f *Filter, v string) (err error) { f.Openings, err = openingsOf.parse(v); return err },
		func(f *Filter) string { return spanText(f.Openings) },
	},
	{
		"pay_min", indexer.Flag{Help: "The pay offered reaches this.", Value: "RUPEES"},
		func(f *Filter, v string) error { return parseAmount(v, &f.Pay.Min) },
		func(f *Filter) string { return amountText(f.Pay.Min) },
	},
	{
		"pay_max", indexer.Flag{Help: "The pay offered does not begin above this.", Value: "RUPEES"},
		func(f *Filter, v string) error { return parseAmount(v, &f.Pay.Max) },
		func(f *Filter) string { return amountText(f.Pay.Max) },
	},
	{
		"pay_period",
		indexer.Flag{Help: "What those are for: hour, day, week, month (the default) or year.", Value: "PERIOD"},
		func(f *Filter, v string) error { f.Pay.Period = job.Period(strings.ToLower(v)); return nil },
		func(f *Filter) string { return string(f.Pay.Period) },
	},
	{
		"since", indexer.Flag{Help: "Posted from this date on, such as 2026-01-31.", Value: "DATE"},
		func(f *Filter, v string) error { f.Posted.Since = v; return nil },
		func(f *Filter) string { return f.Posted.Since },
	},
	{
		"until", indexer.Flag{Help: "Posted up to this date.", Value: "DATE"},
		func(f *Filter, v string) error { f.Posted.Until = v; return nil },
		func(f *Filter) string { return f.Posted.Until },
	},
	{
		"first_seen_since", indexer.Flag{Help: "First seen from this date on.", Value: "DATE"},
		func(f *Filter, v string) error { f.FirstSeen.Since = v; return nil },
		func(f *Filter) string { return f.FirstSeen.Since },
	},
	{
		"first_seen_until", indexer.Flag{Help: "First seen up to this date.", Value: "DATE"},
		func(f *Filter, v string) error { f.FirstSeen.Until = v; return nil },
		func(f *Filter) string { return f.FirstSeen.Until },
	},
}, switches...)

// stateName is the filter of whether postings are open.
const stateName = "posting_state"

// switches are the parameters that are true or say nothing, each with a flag that takes
// no value: see Flags.
var switches = []scalar{
	switchOf("exact", func(f *Filter) *bool { return &f.Exact }),
	switchOf("all", func(f *Filter) *bool { return &f.All }),
	stateSwitch("open", job.StateOpen),
	stateSwitch("closed", job.StateClosed),
}

func switchOf(name string, of func(*Filter) *bool) scalar {
	return scalar{
		name: name,
		read: func(f *Filter, v string) error {
			yes, err := yesOrNo(v)
			*of(f) = yes == "true"
			return err
		},
		write: func(f *Filter) string {
			if *of(f) {
				return "true"
			}
			return ""
		},
	}
}

// stateSwitch asks for a state as posting_state does, and is written as that.
func stateSwitch(name string, state job.State) scalar {
	return scalar{
		name: name,
		read: func(f *Filter, v string) error {
			yes, err := yesOrNo(v)
			if yes == "true" {
				f.Is = with(f.Is, stateName, []string{string(state)})
			}
			return err
		},
		write: func(*Filter) string { return "" },
	}
}

// scalarOf finds a scalar by its name.
func scalarOf(name string) (*scalar, bool) {
	i := slices.IndexFunc(scalars, func(s scalar) bool { return s.name == name })
	if i < 0 {
		return nil, false
	}
	return &scalars[i], true
}

func parseAmount(s string, to *float64) error {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return sentence.Wrong("not_rupees", "expected a number of rupees such as 15000, got %q", s)
	}
	*to = v
	return nil
}

func amountText(v float64) string {
	if v == 0 {
		return ""
	}
	return decimal(v)
}

// Names are the parameters of a filter, in order; "not." may come before those
// of indexer.Fields.
func Names() []string {
	out := append(indexer.Fields.Filters(), whereName)
	for i := range scalars {
		out = append(out, scalars[i].name)
	}
	slices.Sort(out)
	return out
}

// Parse reads a filter of parameters by name, as a URL has them, and gives it
// in its normal form. A parameter without a value says nothing. Its error is
// Faults: all that is wrong, including the names that aren't parameters.
func Parse(params url.Values, book Book) (Filter, error) {
	var faults Faults
	out := parse(params, book, &faults)
	return out, faults.err()
}

func parse(params url.Values, book Book, faults *Faults) Filter {
	var f Filter
	for _, name := range slices.Sorted(maps.Keys(params)) {
		f.set(name, given(params[name]), faults)
	}
	return f.normal(book, faults)
}

// given leaves out empty values, as forms send them.
func given(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })
}

// set takes in the values of a parameter.
func (f *Filter) set(name string, values []string, faults *Faults) {
	one, isScalar := scalarOf(name)
	field, excluded := strings.CutPrefix(name, notPrefix)
	_, isField := indexer.Fields.Filter(field)
	switch {
	case name == whereName:
		f.Where = append(f.Where, values...)
	case isScalar && len(values) > 1:
		faults.fault(name, "given_often", "is given %d times; expected it once", len(values))
	case isScalar && len(values) == 1:
		if err := one.read(f, strings.TrimSpace(values[0])); err != nil {
			faults.add(name, err)
		}
	case isScalar:
	case !isField && excluded:
		faults.fault(name, "unknown_filter", "unknown filter %q: %s", field, expected(field, indexer.Fields.Filters()))
	case !isField:
		faults.fault(name, "unknown_filter", "unknown filter %q: %s", name, expected(name, Names()))
	case excluded:
		f.Not = with(f.Not, field, values)
	default:
		f.Is = with(f.Is, field, values)
	}
}

// with adds values under a name.
func with(to map[string][]string, name string, values []string) map[string][]string {
	if len(values) == 0 {
		return to
	}
	if to == nil {
		to = map[string][]string{}
	}
	to[name] = append(to[name], values...)
	return to
}

// Values gives the parameters that Parse reads as the same filter. Those of
// filters in their normal form that say the same are the same.
func (f *Filter) Values() url.Values {
	out := url.Values{}
	for i := range scalars {
		if v := scalars[i].write(f); v != "" {
			out.Set(scalars[i].name, v)
		}
	}
	if len(f.Where) > 0 {
		out[whereName] = slices.Clone(f.Where)
	}
	for name, values := range f.Is {
		out[name] = slices.Clone(values)
	}
	for name, values := range f.Not {
		out[notPrefix+name] = slices.Clone(values)
	}
	return out
}

// String writes the filter as the query of a URL, its parameters in order.
func (f *Filter) String() string { return f.Values().Encode() }

// IsZero reports a filter that lets every posting pass.
func (f *Filter) IsZero() bool {
	rest := *f
	rest.All = false
	return len(rest.Values()) == 0
}

// AsksState reports a filter that says itself which states it means.
func (f *Filter) AsksState() bool {
	return f.All || len(f.Is[stateName])+len(f.Not[stateName]) > 0 || f.compares(stateName) || f.compares(closedName)
}

// Apart parts a filter into one without a parameter, and one of that alone.
func (f *Filter) Apart(name string) (rest, part Filter) {
	var none Faults
	for n, values := range f.Values() {
		if n == name {
			part.set(n, values, &none)
		} else {
			rest.set(n, values, &none)
		}
	}
	return rest, part
}

// Asks reports that a filter asks for anything: the period of an amount, or how words are
// meant, says nothing alone.
func (f *Filter) Asks() bool {
	rest, _ := f.Apart("exact")
	rest.Pay.Period = ""
	return !rest.IsZero()
}
