package pay

import (
	"strings"
	"unicode"

	"jobsieve/job"
	"jobsieve/text"
)

// readUnit reads the unit after a figure.
func (a *amount) readUnit(s *scan) {
	d, i := s.doc, s.unitAfter(a.end)
	if !d.IsKind(i, text.Word) {
		return
	}
	if end, ok := spelledLPA(d, i); ok {
		a.takeUnit(job.Lakh, end)
		a.period = job.PerYear
		return
	}
	w := d.Tokens[i].Norm
	u, ok := s.units[w]
	switch {
	case ok && a.mayBeOtherWord(d, i, w):
		return
	case !ok:
		if u, w, a.tail = gluedUnit(d, i); u == 0 {
			return
		}
	}
	a.takeUnit(u, i+1)
	if strings.HasPrefix(w, "lpa") || w == "एलपीए" {
		a.period = job.PerYear
		if d.Is(a.end, ".") && glued(d, a.end+1) {
			a.end++
		}
	}
}

// unitAfter gives the token at which the unit of a figure may stand that ends
// before token i: after a hyphen or a bracket, "5-Lakhs", "(3-5) Lakhs", only one
// that is longer than a letter or two.
func (s *scan) unitAfter(i int) int {
	const shortest = 3
	d := s.doc
	if i+1 >= len(d.Tokens) || len(d.Tokens[i+1].Norm) < shortest {
		return i
	}
	unit := s.units[d.Tokens[i+1].Norm]
	hyphened := d.Is(i, "-") && d.Tokens[i+1].Glued && unit >= job.Lakh
	bracketed := isAny(d, i, ")", "]") && unit >= job.Thousand
	if hyphened || bracketed {
		return i + 1
	}
	return i
}

// takeUnit multiplies the figure, unless it is a full one on which a unit slipped:
// "2,40,000 LPA", "10,000k".
func (a *amount) takeUnit(u float64, end int) {
	a.end = end
	if a.number >= 1000 && u >= job.Thousand {
		a.slip = true
		return
	}
	a.unit = u
}

// mayBeOtherWord reports short units that are also other words or that stand
// apart.
func (a *amount) mayBeOtherWord(d *text.Doc, i int, w string) bool {
	apart := !d.Tokens[i].Glued
	switch w {
	case "so":
		return !a.words || apart
	case "m", "b", "ln", "के":
		return apart
	case "l":
		return apart && a.number > 99
	}
	return false
}

// spelledLPA reads "L.P.A", "l. p. a.", "l p a"; end is the token after it.
func spelledLPA(d *text.Doc, i int) (end int, ok bool) {
	switch {
	case d.Is(i, "l") && d.Is(i+1, ".") && d.Is(i+2, "p") && d.Is(i+3, ".") && d.Is(i+4, "a"):
		end = i + 5
	case d.Is(i, "l") && d.Is(i+1, "p") && d.Is(i+2, "a"):
		end = i + 3
	default:
		return 0, false
	}
	if d.Is(end, ".") && glued(d, end) {
		end++
	}
	return end, true
}

// gluedUnits are units that other words are written onto: "37kctc".
var gluedUnits = []struct {
	prefix string
	unit   float64
}{
	{"lakhs", job.Lakh}, {"lakh", job.Lakh}, {"lacs", job.Lakh}, {"lac", job.Lakh}, {"lpa", job.Lakh},
	{"thousand", job.Thousand}, {"k", job.Thousand}, {"l", job.Lakh},
}

// gluedTails are what may be written onto a unit.
var gluedTails = map[string]sense{
	"ctc": {cue: cueCTC},

	"th": {cue: cueInHand}, "nth": {cue: cueInHand}, "inhand": {cue: cueInHand}, "takehome": {cue: cueInHand},
	"net": {cue: cueInHand},

	"salary": {cue: cuePay}, "sal": {cue: cuePay}, "fixed": {cue: cuePay}, "gross": {cue: cuePay},
	"plus": {cue: cuePay}, "in": {cue: cuePay}, "per": {cue: cuePay}, "s": {cue: cuePay},

	"pm": {cuePay | cuePeriod, job.PerMonth}, "month": {cuePay | cuePeriod, job.PerMonth},
	"monthly": {cuePay | cuePeriod, job.PerMonth}, "permonth": {cuePay | cuePeriod, job.PerMonth},
	"pa": {cuePay | cuePeriod, job.PerYear},

	"inc": {cue: cueVariable},
}

// gluedUnit reads a unit with another word written onto it; apart from its figure
// it counts in capitals only: "70 KPM".
func gluedUnit(d *text.Doc, i int) (unit float64, name string, tail sense) {
	w, raw := d.Tokens[i].Norm, d.Slice(i, i+1)
	if runsOn(raw) {
		return job.Lakh, "lpa", sense{}
	}
	if !d.Tokens[i].Glued && raw != strings.ToUpper(raw) {
		return 0, "", sense{}
	}
	for _, g := range gluedUnits {
		rest, found := strings.CutPrefix(w, g.prefix)
		if !found {
			continue
		}
		if tail, ok := gluedTails[rest]; ok {
			return g.unit, w, tail
		}
	}
	return 0, "", sense{}
}

// runsOn reports "LPA" with the next word written onto it: "20LPAClient".
func runsOn(raw string) bool {
	rest, found := strings.CutPrefix(raw, "LPA")
	return found && len(rest) > 1 && rest != strings.ToUpper(rest) && unicode.IsUpper(rune(rest[0]))
}

// readCompound adds a smaller part: "1 lakh 20 hazaar", "12 हज़ार 500".
func (a *amount) readCompound(s *scan) {
	if a.unit < job.Thousand || a.period != "" || a.tail.cue != 0 || !whole(a.number) {
		return
	}
	b, ok := s.numberAt(a.end)
	if !ok || b.first != a.end || !whole(b.number) {
		return
	}
	b.readUnit(s)
	lower := a.isLowerUnit(&b)
	if !lower && !a.isHundreds(s.doc, &b) {
		return
	}
	thousands := lower && b.unit == job.Thousand
	a.number, a.unit, a.end = a.value()+b.value(), 1, b.end
	a.marked = true
	if thousands { // "1 lakh 20 hazaar 500"
		a.readHundreds(s)
	}
}

// whole reports a number without a fraction.
func whole(v float64) bool { return v == float64(int(v)) }

// isLowerUnit reports that b continues a with a smaller unit: "20 hazaar" after
// "1 lakh".
func (a *amount) isLowerUnit(b *amount) bool {
	ends := b.tail.cue != 0 || b.period != ""
	return b.unit > 1 && b.unit < a.unit && b.value() < a.unit && !ends
}

// isHundreds reports that b, in digits, continues thousands in words: "500" after
// "बारह हज़ार".
func (a *amount) isHundreds(d *text.Doc, b *amount) bool {
	inWords := a.words && a.unit == job.Thousand
	inDigits := !b.words && b.unit == 1 && len(d.Tokens[b.first].Norm) == 3
	return inWords && inDigits && int(b.number)%50 == 0
}

// readHundreds adds "5 सौ" and "पाँच सौ" to a figure of thousands.
func (a *amount) readHundreds(s *scan) {
	b, ok := s.numberAt(a.end)
	if !ok || b.first != a.end {
		return
	}
	if b.readUnit(s); b.unit == job.Hundred && b.value() < job.Thousand {
		a.number, a.end = a.number+b.value(), b.end
	}
}
