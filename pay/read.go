package pay

import (
	"math"
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// read reads the text's pay: the first figure that is certainly pay.
func (s *scan) read() job.Pay {
	if c, ok := s.pick(); ok {
		return s.offer(&c)
	}
	return s.silent()
}

// strong is how far above the threshold a score is certain: of certain figures
// the first is read, since a second states the same pay again.
const strong = 3

func (s *scan) pick() (best candidate, ok bool) {
	least := s.threshold()
	for c := range s.candidates() {
		if c.score < least {
			continue
		}
		if c.score >= least+strong {
			return *c, true
		}
		if !ok || c.score > best.score {
			best, ok = *c, true
		}
	}
	return best, ok
}

// offer makes a pay from the candidate that was picked.
func (s *scan) offer(c *candidate) job.Pay {
	p := job.Pay{Kind: job.PayOffer, Basis: s.basis(c)}
	if s.field == job.FieldSalary && s.has(cueEstimate) {
		p.Kind = job.PayEstimate
	}
	p.Currency = s.currency(c)
	lo, hi := round(c.lo.value()), round(c.hi.value())
	switch {
	case c.isRange:
		p.Min, p.Max = &lo, &hi
	case c.before.upto || c.after.upto && !c.before.from:
		p.Max = &hi
	case c.before.from || c.after.from || c.lo.plus && !c.after.perk && !s.perkAfterPlus(c):
		p.Min = &lo
	default:
		p.Min, p.Max = &lo, &hi
	}
	period, inferred := s.period(c)
	p.Period, p.PeriodInferred = job.Opt(period), inferred
	p.Incentives = s.incentives(c)
	p.VariablePercent = s.variable()
	s.mark(&p, c.first, c.end)
	annualise(&p)
	return p
}

// perkAfterPlus reports "20k+ incentives": the plus joins the perk.
func (s *scan) perkAfterPlus(c *candidate) bool {
	r := s.starting[min(c.hi.end+1, len(s.starting)-1)]
	return r.ok && r.cue&(cuePerk|cueIncentive) != 0
}

// round removes what binary fractions add: 5.6 lakh is 560000.
func round(v float64) float64 { return math.Round(v*100) / 100 }

func (s *scan) basis(c *candidate) job.PayBasis {
	for _, cue := range []cue{c.lo.tail, c.hi.tail, c.after.basis, c.before.basis} {
		switch {
		case cue&cueInHand != 0:
			return job.BasisInHand
		case cue&cueCTC != 0:
			return job.BasisCTC
		}
	}
	return job.BasisUnspecified
}

func (s *scan) currency(c *candidate) job.Opt {
	switch {
	case c.lo.currency != "":
		return job.Opt(c.lo.currency)
	case s.def.Currency != "" && c.lo.unit < lakh && c.hi.unit < lakh:
		return job.Opt(s.def.Currency)
	}
	return "INR"
}

// period gives the period that is stated, else the one that the size and unit
// of the figures, or the source, imply.
func (s *scan) period(c *candidate) (p job.Period, inferred bool) {
	if p := c.statedPeriod(); p != "" {
		return p, false
	}
	if c.after.lump {
		return "", false
	}
	unit := max(c.lo.unit, c.hi.unit)
	if c.lo.currency != "" && c.lo.currency != "INR" || s.def.Currency != "" && s.def.Currency != "INR" && c.lo.currency == "" {
		return s.def.Period, s.def.Period != ""
	}
	switch {
	case unit >= lakh:
		return job.PerYear, true
	case s.field == job.FieldSalary && s.def.Period != "":
		return s.def.Period, true
	case c.hi.value() > 99999:
		return job.PerYear, true
	}
	return job.PerMonth, true
}

func (s *scan) has(want cue) bool {
	for _, g := range s.signs {
		if g.cue&want != 0 {
			return true
		}
	}
	return false
}

// nearTokens is how far from the figure a description may speak of incentives.
const nearTokens = 25

func (s *scan) incentives(c *candidate) bool {
	for _, g := range s.signs {
		if g.cue&cueIncentive == 0 || s.denied(g) {
			continue
		}
		if s.field != job.FieldDescription || g.first < c.end+nearTokens && g.end > c.first-nearTokens {
			return true
		}
	}
	return false
}

// denied reports "no incentives", "इंसेंटिव नहीं".
func (s *scan) denied(g sign) bool {
	d := s.doc
	return d.Is(g.first-1, "no") || d.Is(g.first-1, "without") || d.Is(g.end, "नहीं") || d.Is(g.end, "nahi")
}

// variableWords name the part of pay that varies, in normal form.
var variableWords = map[string]bool{"variable": true, "variables": true, text.Parse("वेरिएबल").Tokens[0].Norm: true, text.Parse("परिवर्तनीय").Tokens[0].Norm: true}

// variable reads "(Including Variable: 10.0%)".
func (s *scan) variable() *float64 {
	d := s.doc
	for i := range d.Tokens {
		if !variableWords[d.Tokens[i].Norm] {
			continue
		}
		for j := max(0, i-5); j < min(len(d.Tokens), i+6); j++ {
			if d.Tokens[j].Kind == text.Number && (d.Is(j+1, "%") || d.Is(j+1, "percent")) {
				if v := parseNumber(d.Tokens[j].Norm); v <= 100 {
					return &v
				}
			}
		}
	}
	return nil
}

// mark notes which bytes were read: tokens first up to but not including end.
func (s *scan) mark(p *job.Pay, first, end int) {
	if first >= end {
		return
	}
	if d := s.doc; d.Is(end, ".") && d.Tokens[end].Glued && d.Is(end-2, ".") {
		end++ // the second point of "P.A."
	}
	start, stop := s.doc.Tokens[first].Start, s.doc.Tokens[end-1].End
	s.markBytes(p, start, stop)
}

func (s *scan) markBytes(p *job.Pay, start, stop int) {
	raw := s.doc.Text[start:stop]
	p.Raw, p.Field, p.Start, p.End = &raw, job.Opt(s.field), &start, &stop
}

// silent is the pay of a text without a figure.
func (s *scan) silent() job.Pay {
	p := None()
	var hidden *sign
	for i := range s.signs {
		g := &s.signs[i]
		if g.cue&cueUnpaid != 0 {
			p.Kind = job.PayUnpaid
			s.mark(&p, g.first, g.end)
			return p
		}
		if g.cue&cueHidden != 0 && hidden == nil {
			hidden = g
		}
	}
	switch {
	case s.field == job.FieldSalary:
		p.Kind = job.PayUndisclosed
		if len(s.doc.Tokens) > 0 && s.doc.Is(0, "unpaid") {
			p.Kind = job.PayUnpaid
		}
		if trimmed := strings.TrimSpace(s.doc.Text); trimmed != "" {
			start := strings.Index(s.doc.Text, trimmed)
			s.markBytes(&p, start, start+len(trimmed))
		}
	case hidden != nil:
		p.Kind = job.PayUndisclosed
		s.mark(&p, hidden.first, hidden.end)
	}
	return p
}

// The bounds of believable pay, in rupees a year.
const (
	leastAnnual = 3000
	mostAnnual  = 5 * crore
)

// annualise fills in the yearly amounts and marks pay that is not believable.
func annualise(p *job.Pay) {
	if p.Min != nil && p.Max != nil && *p.Min > *p.Max {
		p.Suspect = true
	}
	factor := job.Period(p.Period).AnnualFactor()
	if p.Currency != "INR" || factor == 0 {
		return
	}
	annual := func(v *float64) *int64 {
		if v == nil {
			return nil
		}
		a := int64(math.Round(*v * factor))
		if a < leastAnnual || a > mostAnnual {
			p.Suspect = true
		}
		return &a
	}
	p.AnnualMin, p.AnnualMax = annual(p.Min), annual(p.Max)
}
