package filter

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jobsieve/indexer"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
)

// The most that a filter can ask for: years of experience, and rupees a year.
const (
	mostYears = 100
	mostPay   = 1e12
)

// parseYears reads a span of years: "0-2", "3-" or "3+", which are open above, or
// "3", which is 3 to 3.
func parseYears(s string) (indexer.Span, error) {
	low, high, isSpan := strings.Cut(strings.TrimSpace(s), "-")
	if least, open := strings.CutSuffix(low, "+"); open && !isSpan {
		low, isSpan = least, true
	}
	least, err := strconv.ParseFloat(strings.TrimSpace(low), 64)
	most := least
	open := isSpan && strings.TrimSpace(high) == ""
	if err == nil && isSpan && !open {
		most, err = strconv.ParseFloat(strings.TrimSpace(high), 64)
	}
	switch {
	case err != nil:
		return indexer.Span{}, fmt.Errorf("expected years such as 0-2, 3+ or 3, got %q", s)
	case open:
		return indexer.Span{Least: &least}, nil
	}
	return indexer.Span{Least: &least, Most: &most}, nil
}

// yearsText is what parseYears reads as the same span. A "+" would be a space in
// a URL.
func yearsText(s indexer.Span) string {
	least := 0.0
	if s.Least != nil {
		least = *s.Least
	}
	switch {
	case s.Most == nil:
		return decimal(least) + "-"
	case least == *s.Most:
		return decimal(least)
	}
	return decimal(least) + "-" + decimal(*s.Most)
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// normalYears begins a span that is open below at 0, and finds its faults.
func normalYears(s indexer.Span, faults *Faults) indexer.Span {
	if s.IsZero() {
		return s
	}
	out := indexer.Span{Least: new(float64), Most: s.Most}
	if s.Least != nil {
		*out.Least = *s.Least
	}
	for _, v := range []*float64{out.Least, out.Most} {
		if v != nil && !(*v >= 0 && *v <= mostYears) {
			faults.fault("experience", "expected years from 0 to %d, got %v", mostYears, *v)
			return out
		}
	}
	if out.Most != nil && *out.Least > *out.Most {
		faults.fault("experience", "%v is above %v; expected the lower number first", *out.Least, *out.Most)
	}
	return out
}

// periods are those that pay can be given for.
var periods = []job.Period{job.PerHour, job.PerDay, job.PerWeek, job.PerMonth, job.PerYear}

// normalise names the period where there are amounts, and finds faults.
func (p *Pay) normalise(faults *Faults) {
	if p.Period == "" || p.Min == 0 && p.Max == 0 {
		if _, ok := job.ParsePeriod(string(p.Period)); p.Period == "" || ok {
			p.Period = DefaultPeriod
		}
	}
	factor := job.India.YearOf[p.Period]
	if factor == 0 {
		faults.fault("pay_period", "unknown period %q; %s", p.Period, strictyaml.Expected(string(p.Period),
			texts(periods)))
		factor = 1
	}
	for name, v := range map[string]float64{"pay_min": p.Min, "pay_max": p.Max} {
		if !(v >= 0 && v*factor <= mostPay) {
			faults.fault(name, "expected rupees from 0 on, got %v", v)
		}
	}
	if p.Max > 0 && p.Min > p.Max {
		faults.fault("pay_min", "%s is above pay_max, %s; expected the lower amount here", decimal(p.Min),
			decimal(p.Max))
	}
	if p.Min == 0 && p.Max == 0 {
		p.Period = ""
	}
}

// annual gives an amount in whole rupees a year.
func (p *Pay) annual(v float64) int64 {
	period := p.Period
	if period == "" {
		period = DefaultPeriod
	}
	return int64(math.Round(v * job.India.YearOf[period]))
}

// normal finds faults; prefix goes before the names of the parameters.
func (d Dates) normal(prefix string, faults *Faults) Dates {
	out := Dates{strings.TrimSpace(d.Since), strings.TrimSpace(d.Until)}
	ok := true
	for _, p := range []struct{ name, date string }{{prefix + "since", out.Since}, {prefix + "until", out.Until}} {
		if _, err := time.Parse(time.DateOnly, p.date); p.date != "" && err != nil {
			faults.fault(p.name, "expected a date such as 2026-01-31, got %q", p.date)
			ok = false
		}
	}
	if ok && out.Until != "" && out.Since > out.Until {
		faults.fault(prefix+"since", "%s is after %suntil, %s; expected the earlier date here", out.Since, prefix,
			out.Until)
	}
	return out
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
