package pay

import (
	"fmt"
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// Explain says how a text is read: each figure that was found, what speaks
// for and against it, and what the pay is.
func Explain(field job.Field, s string, def Defaults) string {
	d := text.Parse(s)
	var b strings.Builder
	if p, ok := readStructured(field, s, def); ok {
		fmt.Fprintf(&b, "an object of a board's own\n")
		tell(&b, &p)
		return b.String()
	}
	scan := newScan(field, d, def)
	found := false
	for c := range scan.candidates() {
		found = true
		fmt.Fprintf(&b, "%q: score %d, needs %d\n", d.Slice(c.first, c.end), c.score, scan.threshold())
		for _, r := range c.reasons {
			fmt.Fprintf(&b, "  %+d %s\n", r.points, r.why)
		}
	}
	if !found {
		b.WriteString("no figure was found\n")
	}
	p := scan.read()
	tell(&b, &p)
	return b.String()
}

func tell(b *strings.Builder, p *job.Pay) {
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
		fmt.Fprintf(b, "; ₹%s to ₹%s a year", annual(p.AnnualMin), annual(p.AnnualMax))
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
