package filter

import (
	"math"
	"strings"
	"time"

	"jobsieve/job"
)

// mostPay is the most that a filter can ask for, in rupees a year.
const mostPay = 1e12

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
		faults.fault("pay_period", "unknown_period", "unknown period %q; %s", p.Period,
			expected(string(p.Period), texts(periods)))
		factor = 1
	}
	for name, v := range map[string]float64{"pay_min": p.Min, "pay_max": p.Max} {
		if !(v >= 0 && v*factor <= mostPay) {
			faults.fault(name, "rupees_from_0", "expected rupees from 0 on, got %v", v)
		}
	}
	if p.Max > 0 && p.Min > p.Max {
		faults.fault("pay_min", "above_pay_max", "%s is above pay_max, %s; expected the lower amount here",
			decimal(p.Min), decimal(p.Max))
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
			faults.fault(p.name, "not_date", "expected a date such as 2026-01-31, got %q", p.date)
			ok = false
		}
	}
	if ok && out.Until != "" && out.Since > out.Until {
		faults.fault(prefix+"since", "after_until", "%s is after %suntil, %s; expected the earlier date here",
			out.Since, prefix, out.Until)
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
