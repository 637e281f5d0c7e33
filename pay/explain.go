package pay

import (
	"fmt"
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// Explain says how a text is read: each amount that was found, the expressions
// that they form, whose money each is and why, and what the pay is.
func (r *Reader) Explain(field job.Field, str string, def Defaults) string {
	d := text.Parse(str)
	var b strings.Builder
	if p, ok := r.readStructured(field, str, def); ok {
		fmt.Fprintf(&b, "an object of a board's own\n")
		r.tell(&b, &p)
		return b.String()
	}
	s := r.scan(field, d, def)
	defer s.done()
	taken, _ := s.pick()
	found := false
	for e := range s.expressions() {
		found = true
		fmt.Fprintf(&b, "%q: %s\n", d.Slice(e.first, e.end), e.explain())
		if e.role == rolePay && e.first == taken.first {
			fmt.Fprintf(&b, "  taken: the first that is%s pay\n", surely(e.strong))
		}
		for _, a := range e.sides() {
			fmt.Fprintf(&b, "  amount %q: %s\n", d.Slice(a.first, a.end), s.amountLine(a))
		}
		if p, inferred := s.period(e); p != "" && e.role == rolePay {
			how := "stated"
			if inferred {
				how = "inferred"
			}
			fmt.Fprintf(&b, "  a %s, %s\n", p, how)
		}
	}
	if !found {
		b.WriteString("no figure was found\n")
	}
	p := s.read()
	r.tell(&b, &p)
	return b.String()
}

// surely says how sure a statement of pay is.
func surely(strong bool) string {
	if strong {
		return " surely"
	}
	return " likely"
}

// sides gives the amounts of an expression.
func (e *expression) sides() []*amount {
	if e.isRange {
		return []*amount{&e.lo, &e.hi}
	}
	return []*amount{&e.lo}
}

func (s *scan) amountLine(a *amount) string {
	line := job.Grouped(a.value())
	if a.unit > 1 {
		line = fmt.Sprintf("%g × %s = %s", a.number, job.Grouped(a.unit), line)
	}
	if a.slip {
		line += ", a unit slipped onto it"
	}
	if a.currency != "" {
		line += ", " + a.currency
	}
	return line
}

func (w *words) tell(b *strings.Builder, p *job.Pay) {
	fmt.Fprintf(b, "→ %s", p.Kind)
	if p.Min != nil || p.Max != nil {
		fmt.Fprintf(b, ": min %s, max %s %s", figure(p.Min), figure(p.Max), p.Currency)
		if p.Period != "" {
			fmt.Fprintf(b, " a %s", p.Period)
		}
		if p.PeriodInferred {
			b.WriteString(" (inferred)")
		}
		fmt.Fprintf(b, ", %s", p.Basis)
	}
	if p.VariablePercent != nil {
		fmt.Fprintf(b, ", %g %% variable", *p.VariablePercent)
	}
	if p.Incentives {
		b.WriteString(", incentives on top")
	}
	if p.AnnualMin != nil || p.AnnualMax != nil {
		sign := w.market.Sign
		fmt.Fprintf(b, "; %s%s to %s%s a year", sign, annual(p.AnnualMin), sign, annual(p.AnnualMax))
	}
	if p.Suspect {
		b.WriteString("; suspect")
	}
	b.WriteByte('\n')
}

func figure(v *float64) string {
	if v == nil {
		return "–"
	}
	return job.Grouped(*v)
}

func annual(v *int64) string {
	if v == nil {
		return "–"
	}
	return job.Grouped(float64(*v))
}
