package pay

import (
	"math"
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// read reads the text's pay: the first statement that is certainly pay, else the
// first that may be.
func (s *scan) read() job.Pay {
	if e, ok := s.pick(); ok {
		return s.offer(&e)
	}
	return s.silent()
}

func (s *scan) pick() (best expression, ok bool) {
	for e := range s.expressions() {
		if e.role != rolePay {
			continue
		}
		if e.strong {
			return *e, true
		}
		if !ok {
			best, ok = *e, true
		}
	}
	return best, ok
}

// offer makes a pay from the expression that was picked.
func (s *scan) offer(e *expression) job.Pay {
	p := job.Pay{Kind: job.PayOffer, Basis: e.basis()}
	if s.field == job.FieldSalary && s.has(cueEstimate) {
		p.Kind = job.PayEstimate
	}
	p.Currency = s.currency(e)
	sides := &[2]float64{round(e.lo.value()), round(e.hi.value())}
	p.Min, p.Max = &sides[0], &sides[1]
	switch {
	case e.open:
		p.Max = nil
	case e.isRange:
	case e.before.upto || e.after.upto && !e.before.from:
		p.Min = nil
	case e.before.from || e.after.from || e.lo.plus && s.plusOpens(e):
		p.Max = nil
	}
	period, inferred := s.period(e)
	p.Period, p.PeriodInferred = job.Opt(period), inferred
	p.Incentives = s.incentives(e)
	p.VariablePercent = s.variable()
	s.mark(&p, e.first, e.end)
	s.annualise(&p)
	return p
}

// plusOpens reports that the "+" after a figure means "and above", and joins
// neither a perk nor another figure: "20k+ incentives", "20k+5k".
func (s *scan) plusOpens(e *expression) bool {
	i := e.lo.end + 1
	return !e.after.perk && !s.says(i, cuePerk|cueMoney) && e.next > i
}

// round removes what binary fractions add: 5.6 lakh is 560000.
func round(v float64) float64 { return math.Round(v*100) / 100 }

func (e *expression) basis() job.PayBasis {
	for _, c := range []cue{e.lo.tail.cue, e.hi.tail.cue, e.inside.basis, e.after.basis, e.before.basis} {
		switch {
		case c&cueInHand != 0:
			return job.BasisInHand
		case c&cueCTC != 0:
			return job.BasisCTC
		}
	}
	return job.BasisUnspecified
}

func (s *scan) currency(e *expression) job.Opt {
	switch {
	case e.lo.currency != "":
		return job.Opt(e.lo.currency)
	case s.def.Currency != "" && e.lo.unit < job.Lakh && e.hi.unit < job.Lakh:
		return job.Opt(s.def.Currency)
	}
	return job.Opt(s.market.Currency)
}

// period gives the period that is stated, else the one that the size and unit
// of the figures, or the source, imply.
func (s *scan) period(e *expression) (p job.Period, inferred bool) {
	if p := e.statedPeriod(); p != "" {
		return p, false
	}
	if e.after.other || e.before.other {
		return "", false
	}
	if string(s.currency(e)) != s.market.Currency {
		return s.def.Period, s.def.Period != ""
	}
	unit := max(e.lo.unit, e.hi.unit)
	switch {
	case e.isRange && (e.before.level || e.after.level):
		return job.PerMonth, true
	case unit >= s.market.YearlyUnit:
		return job.PerYear, true
	case s.field == job.FieldSalary && s.def.Period != "":
		return s.def.Period, true
	case e.hi.value() >= s.market.YearlyFrom:
		return job.PerYear, true
	}
	return job.PerMonth, true
}

// nearTokens is how far from the figure a description may speak of incentives.
const nearTokens = 25

func (s *scan) incentives(e *expression) bool {
	for _, g := range s.signs {
		if g.cue&cueVariable == 0 || s.deniedBefore(g.first) || s.deniedAfter(g.end) || s.isShare(g) {
			continue
		}
		if s.field != job.FieldDescription || s.nearby(e, g) {
			return true
		}
	}
	return false
}

// nearby reports words for the variable part that are about an expression of a
// description. "Variable" has other senses, and must stand beside the figure.
func (s *scan) nearby(e *expression, g sign) bool {
	if s.doc.Is(g.first, "variable") && g.end == g.first+1 {
		const beside = 8
		return g.first < e.end+beside && g.end > e.first-beside
	}
	if g.end <= e.first {
		return g.end > e.first-nearTokens && s.oneLine(g.end, e.first)
	}
	return g.first < e.end+nearTokens
}

// isShare reports a variable part that the figure includes: "(Including Variable:
// 10.0%)".
func (s *scan) isShare(g sign) bool {
	return s.percentBeside(g) != nil
}

// variable reads "(Including Variable: 10.0%)".
func (s *scan) variable() *float64 {
	for _, g := range s.signs {
		if g.cue&cueVariable == 0 {
			continue
		}
		if v := s.percentBeside(g); v != nil {
			return v
		}
	}
	return nil
}

// percentBeside gives the percentage beside a word for the variable part, which
// must be about the share: "variable", वेरिएबल.
func (s *scan) percentBeside(g sign) *float64 {
	const near = 5
	d := s.doc
	for j := max(0, g.first-near); j < min(len(d.Tokens), g.end+near); j++ {
		if !d.IsKind(j, text.Number) || !d.Is(j+1, "%") && !d.Is(j+1, "percent") && !d.Is(j+1, "प्रतिशत") {
			continue
		}
		if v := parseNumber(d.Tokens[j].Norm); v <= 100 && d.Unbroken(min(j, g.first), max(j, g.end)) {
			return &v
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
	markBytes(p, s.field, s.doc.Text, start, stop)
}

// markBytes notes that bytes start up to but not including stop of a field's text
// were read.
func markBytes(p *job.Pay, field job.Field, all string, start, stop int) {
	m := &struct {
		raw         string
		start, stop int
	}{all[start:stop], start, stop}
	p.Raw, p.Field, p.Start, p.End = &m.raw, job.Opt(field), &m.start, &m.stop
}

// silent is the pay of a text without a statement of pay.
func (s *scan) silent() job.Pay {
	p := None()
	var hidden *sign
	for i := range s.signs {
		g := &s.signs[i]
		if g.cue&cueUnpaid != 0 && !s.onlyAtFirst(g) {
			p.Kind = job.PayUnpaid
			s.mark(&p, g.first, g.end)
			return p
		}
		if hidden == nil && s.hides(g) {
			hidden = g
		}
	}
	switch {
	case s.field == job.FieldSalary:
		p.Kind = job.PayUndisclosed
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

// hides reports words that speak of pay without a figure.
func (s *scan) hides(g *sign) bool {
	if g.cue&cueHidden == 0 && (g.cue&cueHiddenBeside == 0 || !s.besidePay(g)) {
		return false
	}
	for i := g.first; i < g.end; i++ {
		if s.doc.IsKind(i, text.Number) {
			return false
		}
	}
	return true
}

// oneLine reports that no sentence ends between two tokens, and at most one line:
// "Salary:" may be a heading.
func (s *scan) oneLine(i, j int) bool {
	lines := 0
	for ; i < j; i++ {
		switch {
		case s.doc.IsKind(i, text.Newline):
			lines++
		case s.doc.Stop(i):
			return false
		}
	}
	return lines <= 1
}

// besidePay reports a word for pay in the sentence of a phrase.
func (s *scan) besidePay(g *sign) bool {
	const near = 6
	if len(s.doc.Tokens) <= g.end-g.first+near/2 {
		return true // it is all that the text says
	}
	for i := max(0, g.first-near); i < min(len(s.doc.Tokens), g.end+near); i++ {
		if s.says(i, cuePay) && s.oneLine(min(i, g.first), max(i, g.first)) {
			return true
		}
	}
	return false
}

// onlyAtFirst reports "no salary during training", "unpaid leave".
func (s *scan) onlyAtFirst(g *sign) bool {
	const near = 3
	for i := g.end; i < len(s.doc.Tokens) && i < g.end+near && !s.doc.Stop(i); i++ {
		if s.says(i, cueForATime) {
			return true
		}
	}
	for i := g.first - 1; i >= 0 && i >= g.first-near && !s.doc.Stop(i); i-- {
		if s.says(i, cueForATime) {
			return true
		}
	}
	return false
}

// annualise fills in the yearly amounts and marks pay that is not believable.
func (w *words) annualise(p *job.Pay) {
	if p.Min != nil && p.Max != nil && *p.Min > *p.Max {
		p.Suspect = true
	}
	if p.Currency != "" && !isoCodes[string(p.Currency)] {
		p.Suspect = true
	}
	factor := w.market.YearOf[job.Period(p.Period)]
	if string(p.Currency) != w.market.Currency || factor == 0 {
		return
	}
	whole := new([2]int64)
	for i, side := range []struct {
		from *float64
		to   **int64
	}{{p.Min, &p.AnnualMin}, {p.Max, &p.AnnualMax}} {
		if side.from == nil {
			continue
		}
		a := *side.from * factor
		if a < w.market.Least || a > w.market.Most {
			p.Suspect = true
		}
		whole[i] = int64(math.Round(a))
		*side.to = &whole[i]
	}
}
