package filter

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Flags are the flags of a command line that choose postings: each is a parameter
// of a filter. The tags are those of the library that reads command lines.
type Flags struct {
	Label          []string `placeholder:"LABEL" help:"A label of the rule book, such as BPO, or UNCLASSIFIED."`
	Function       []string `help:"Such as customer-support-voice."`
	Criterion      []string `help:"One that spoke for the label, such as D3."`
	Company        []string `sep:"none" help:"The employer's whole name, in capitals or small letters."`
	Place          []string `sep:"none" help:"A city, a state or a country, by any of its names."`
	City           []string `help:"Such as Pune."`
	State          []string `help:"Such as Karnataka."`
	Source         []string `placeholder:"NAME" help:"The name of a source."`
	Shift          []string `help:"day, evening, night, rotational, us, uk, au."`
	Mode           []string `help:"onsite, hybrid or remote."`
	Education      []string `placeholder:"LEVEL" help:"The lowest that is enough, such as 12th or graduate."`
	Language       []string `help:"What a posting is written in: en, hi, hi-Latn or mixed."`
	Outsourced     []string `placeholder:"BOOL" help:"true or false: whether a posting says that the work is another company's."`
	Experience     string   `placeholder:"YEARS" help:"The years asked for overlap these: 0-2, 3+ or 3."`
	PayMin         string   `placeholder:"RUPEES" help:"The pay offered reaches this."`
	PayMax         string   `placeholder:"RUPEES" help:"The pay offered does not begin above this."`
	PayPeriod      string   `placeholder:"PERIOD" help:"What those are for: hour, day, week, month (the default) or year."`
	Since          string   `placeholder:"DATE" help:"Posted from this date on, such as 2026-01-31."`
	Until          string   `placeholder:"DATE" help:"Posted up to this date."`
	FirstSeenSince string   `placeholder:"DATE" help:"First seen from this date on."`
	FirstSeenUntil string   `placeholder:"DATE" help:"First seen up to this date."`
	Where          []string `placeholder:"FILTER=VALUE" help:"Any filter: ${filters}."`
	Not            []string `sep:"none" placeholder:"FILTER=VALUE" help:"Leave out postings that have the value."`
}

// named are the flags that are parameters of their own.
func (f *Flags) named() url.Values {
	return url.Values{
		"label": f.Label, "function": f.Function, "criterion": f.Criterion, "company": f.Company, "place": f.Place,
		"city": f.City, "state": f.State, "source": f.Source, "shift": f.Shift, "mode": f.Mode,
		"education": f.Education,
		"language":  f.Language, "outsourced": f.Outsourced,
		"experience": {f.Experience}, "pay_min": {f.PayMin}, "pay_max": {f.PayMax}, "pay_period": {f.PayPeriod},
		"since": {f.Since}, "until": {f.Until},
		"first_seen_since": {f.FirstSeenSince}, "first_seen_until": {f.FirstSeenUntil},
	}
}

// Filter makes the filter of the flags and of words to search for. Its error names
// all faults by the flags that gave them.
func (f *Flags) Filter(book Book, words string) (Filter, error) {
	params := f.named()
	params.Set("text", words)
	for _, part := range []struct {
		flag, prefix string
		given        []string
	}{{"--where", "", f.Where}, {"--not", notPrefix, f.Not}} {
		for _, text := range part.given {
			name, value, ok := strings.Cut(text, "=")
			if !ok || name == "" || value == "" {
				return Filter{}, fmt.Errorf("%s: expected FILTER=VALUE, got %q", part.flag, text)
			}
			params.Add(part.prefix+name, value)
		}
	}
	out, err := Parse(params, book)
	var faults Faults
	if errors.As(err, &faults) {
		return out, errors.New(strings.Join(f.byFlag(faults), "\n"))
	}
	return out, err
}

// byFlag names each fault by the flag that gave it.
func (f *Flags) byFlag(faults Faults) []string {
	named := f.named()
	lines := make([]string, len(faults))
	for i, fault := range faults {
		name, excluded := strings.CutPrefix(fault.Field, notPrefix)
		values, isFlag := named[name]
		flag := "--where " + name
		switch {
		case excluded:
			flag = "--not " + name
		case name == "text":
			flag = "the words"
		case isFlag && len(values) > 0:
			flag = "--" + strings.ReplaceAll(name, "_", "-")
		}
		lines[i] = flag + ": " + fault.Problem
	}
	return lines
}

// Args gives the flags that make the filter, which has no words.
func (f *Filter) Args() (args []string) {
	named, values := new(Flags).named(), f.Values()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range values[name] {
			field, excluded := strings.CutPrefix(name, notPrefix)
			_, isFlag := named[field]
			switch {
			case excluded:
				args = append(args, "--not", field+"="+v)
			case isFlag:
				args = append(args, "--"+strings.ReplaceAll(field, "_", "-"), v)
			default:
				args = append(args, "--where", field+"="+v)
			}
		}
	}
	return args
}
