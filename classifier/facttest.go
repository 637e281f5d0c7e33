package classifier

import (
	"fmt"
	"slices"
	"strings"

	"jobsieve/job"
)

// factTests are what a rule asks of the facts; all that are given must hold.
type factTests struct {
	Shift     []string `yaml:"shift"`
	Education []string `yaml:"education"`
	Mode      []string `yaml:"mode"`
	// ExperienceYears bounds the minimum experience that is asked for.
	ExperienceYears *bounds `yaml:"experience_years"`
	// PayMonth bounds the pay that one starts with, in rupees a month.
	PayMonth *bounds `yaml:"pay_month"`
}

type bounds struct {
	Min *float64 `yaml:"min"`
	Max *float64 `yaml:"max"`
}

func (b *bounds) hold(v float64) bool {
	return (b.Min == nil || v >= *b.Min) && (b.Max == nil || v <= *b.Max)
}

type factFault struct{ key, message string }

func (t *factTests) faults() []factFault {
	var out []factFault
	check := func(key string, have []string, known []string) {
		for _, v := range have {
			if !slices.Contains(known, v) {
				out = append(out, factFault{key, fmt.Sprintf("unknown value %q; expected one of %s", v, strings.Join(known, ", "))})
			}
		}
	}
	check("shift", t.Shift, texts(job.Shifts))
	check("education", t.Education, texts(job.EducationLevels))
	check("mode", t.Mode, texts(job.Modes))
	for key, b := range map[string]*bounds{"experience_years": t.ExperienceYears, "pay_month": t.PayMonth} {
		if b != nil && b.Min == nil && b.Max == nil {
			out = append(out, factFault{key, "expected min, max or both"})
		}
	}
	if len(t.Shift)+len(t.Education)+len(t.Mode) == 0 && t.ExperienceYears == nil && t.PayMonth == nil {
		out = append(out, factFault{"facts", "tests nothing; expected shift, education, mode, experience_years or pay_month"})
	}
	return out
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// spot is where a fact was read.
type spot struct {
	field      job.Field
	start, end int
}

// hold reports whether the tests hold, and gives where the facts are that they
// rest on.
func (t *factTests) hold(f *job.Facts, p *job.Pay) (spots []spot, ok bool) {
	one := func(fact string, have, want []string) bool {
		if len(want) == 0 {
			return true
		}
		found := false
		for _, r := range f.Readings {
			if r.Fact == fact && slices.Contains(want, r.Value) && slices.Contains(have, r.Value) {
				spots = append(spots, spot{r.Field, r.Start, r.End})
				found = true
			}
		}
		return found
	}
	ok = one("shift", texts(f.Shift), t.Shift) &&
		one("education", []string{string(f.Education)}, t.Education) &&
		one("mode", []string{string(f.Mode)}, t.Mode)
	if ok && t.ExperienceYears != nil {
		ok = f.Experience.Min != nil && t.ExperienceYears.hold(*f.Experience.Min)
		for _, r := range f.Readings {
			if ok && r.Fact == "experience" {
				spots = append(spots, spot{r.Field, r.Start, r.End})
			}
		}
	}
	if ok && t.PayMonth != nil {
		var v float64
		if v, ok = startingPay(p); ok && t.PayMonth.hold(v) {
			spots = append(spots, spot{job.Field(p.Field), *p.Start, *p.End})
		} else {
			ok = false
		}
	}
	return spots, ok && len(spots) > 0
}

// startingPay is what one starts with, in rupees a month: the lower figure,
// else the only one.
func startingPay(p *job.Pay) (float64, bool) {
	if !p.Countable() || p.Start == nil {
		return 0, false
	}
	if p.AnnualMin != nil {
		return float64(*p.AnnualMin) / 12, true
	}
	return float64(*p.AnnualMax) / 12, true
}
