package filter

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jobsieve/indexer"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// notPrefix begins the names of parameters whose values are excluded.
const notPrefix = "not."

// scalars are the parameters that have one value, and how they are read and
// written.
var scalars = map[string]struct {
	read  func(*Filter, string) error
	write func(*Filter) string
}{
	"text": {
		func(f *Filter, v string) error { f.Text = v; return nil },
		func(f *Filter) string { return f.Text },
	},
	"experience": {
		func(f *Filter, v string) (err error) { f.Experience, err = parseYears(v); return err },
		func(f *Filter) string {
			if f.Experience.IsZero() {
				return ""
			}
			return yearsText(f.Experience)
		},
	},
	"pay_min": {
		func(f *Filter, v string) error { return parseAmount(v, &f.Pay.Min) },
		func(f *Filter) string { return amountText(f.Pay.Min) },
	},
	"pay_max": {
		func(f *Filter, v string) error { return parseAmount(v, &f.Pay.Max) },
		func(f *Filter) string { return amountText(f.Pay.Max) },
	},
	"pay_period": {
		func(f *Filter, v string) error { f.Pay.Period = job.Period(strings.ToLower(v)); return nil },
		func(f *Filter) string { return string(f.Pay.Period) },
	},
	"since": {
		func(f *Filter, v string) error { f.Posted.Since = v; return nil },
		func(f *Filter) string { return f.Posted.Since },
	},
	"until": {
		func(f *Filter, v string) error { f.Posted.Until = v; return nil },
		func(f *Filter) string { return f.Posted.Until },
	},
	"first_seen_since": {
		func(f *Filter, v string) error { f.FirstSeen.Since = v; return nil },
		func(f *Filter) string { return f.FirstSeen.Since },
	},
	"first_seen_until": {
		func(f *Filter, v string) error { f.FirstSeen.Until = v; return nil },
		func(f *Filter) string { return f.FirstSeen.Until },
	},
}

func parseAmount(s string, to *float64) error {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return fmt.Errorf("expected a number of rupees such as 15000, got %q", s)
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
	out := append(slices.Collect(maps.Keys(scalars)), indexer.Fields.Filters()...)
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
	one, isScalar := scalars[name]
	field, excluded := strings.CutPrefix(name, notPrefix)
	_, isField := indexer.Fields.Filter(field)
	switch {
	case isScalar && len(values) > 1:
		faults.fault(name, "is given %d times; expected it once", len(values))
	case isScalar && len(values) == 1:
		if err := one.read(f, strings.TrimSpace(values[0])); err != nil {
			faults.fault(name, "%v", err)
		}
	case isScalar:
	case !isField && excluded:
		faults.fault(name, "unknown filter %q: %s", field, strictyaml.Expected(field, indexer.Fields.Filters()))
	case !isField:
		faults.fault(name, "unknown filter %q: %s", name, strictyaml.Expected(name, Names()))
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
	for name, p := range scalars {
		if v := p.write(f); v != "" {
			out.Set(name, v)
		}
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
func (f *Filter) IsZero() bool { return len(f.Values()) == 0 }
