package pay

import (
	"strings"
	"unicode"

	"jobsieve/job"
	"jobsieve/text"
)

// amount is one figure in a text: tokens first up to but not including end.
type amount struct {
	first, end int
	number     float64 // as it is written, before its unit
	unit       float64 // what it is multiplied by; 1 where no unit is stated
	currency   string  // empty where none is stated
	period     job.Period
	marked     bool // "15000/-" or "15,000.00": written as money is
	words      bool // written in words
	grouped    bool // has grouping commas
	digits     int
	plus       bool // a "+" comes after it
	slip       bool // a unit stood after a full figure
	tail       cue  // what the unit's own word says besides: "37kctc"
	tailPeriod job.Period
}

func (a *amount) value() float64 { return a.number * a.unit }

// bare reports whether nothing but its digits suggests that a figure is money.
func (a *amount) bare() bool {
	return a.unit == 1 && a.currency == "" && !a.marked && a.period == "" && !a.slip
}

// amounts finds every figure of the text that may be money, in order.
func (s *scan) readAmounts() {
	s.amounts = s.amounts[:0]
	free := 0 // the first token that is in no amount
	for i := range s.doc.Tokens {
		if i < free || !s.isNumeral(i) {
			continue
		}
		a, ok := s.amountAt(s.withCurrency(i, free))
		if !ok || s.onlyCounts(&a) {
			continue
		}
		s.amounts = append(s.amounts, a)
		free = a.end
	}
}

// isNumeral reports digits, or a word for a number, at token i.
func (s *scan) isNumeral(i int) bool {
	t := &s.doc.Tokens[i]
	if t.Kind != text.Word {
		return t.Kind == text.Number
	}
	_, ok := numberWords.At(s.doc, i)
	return ok
}

// withCurrency gives the first token of the currency before the number at token i,
// from token free on; i where there is none.
func (s *scan) withCurrency(i, free int) int {
	for j := max(free, i-maxCurrencyTokens); j < i; j++ {
		if code, end := s.currencyBefore(j); code != "" && end == i {
			return j
		}
	}
	return i
}

// smallest is the least bare number that may be money by itself.
const smallest = 100

// onlyCounts reports a figure that needs a unit to be money and has none, nor is
// one side of a range whose other side has one: "6 days", "एक".
func (s *scan) onlyCounts(a *amount) bool {
	small := a.bare() && !a.grouped && a.value() < smallest
	if !small && (!a.words || a.unit > 1 || a.marked || a.currency != "") {
		return false
	}
	if small && !a.words && a.value() >= leastHourly && s.forAnHour(a.end) {
		return false
	}
	k := s.connector(a.end)
	if k < 0 {
		return true
	}
	b, ok := s.amountAt(k)
	return !ok || b.bare() && b.value() < 1000
}

// forAnHour reports a word for an hour soon after token i.
func (s *scan) forAnHour(i int) bool {
	const near = 5
	for j := i; j < min(len(s.doc.Tokens), i+near); j++ {
		r := s.starting[j]
		if r.cue&cuePeriod != 0 || r.cue&cuePeriodShort != 0 && s.afterStroke(j) {
			return r.period == job.PerHour && !s.countsHours(r)
		}
	}
	return false
}

// amountAt reads the figure that begins at token i, with its currency before.
func (s *scan) amountAt(i int) (amount, bool) {
	d, first := s.doc, i
	currency, i := s.currencyBefore(i)
	a, ok := s.numberAt(i)
	if !ok {
		return amount{}, false
	}
	a.first, a.currency = first, currency
	a.readSpacedGroups(d)
	a.readMark(d)
	a.readUnit(s)
	a.readCompound(s)
	a.readMark(d)
	a.readCurrencyAfter(s)
	a.readMark(d)
	a.plus = d.Is(a.end, "+") && d.Tokens[a.end].Glued
	a.readPointGroups(d)
	if !a.sound(d) {
		return amount{}, false
	}
	return a, true
}

// numberAt reads digits, or number words.
func (s *scan) numberAt(i int) (amount, bool) {
	d := s.doc
	if !d.IsKind(i, text.Number) {
		return s.wordsAt(i)
	}
	t := &d.Tokens[i]
	a := amount{first: i, end: i + 1, number: parseNumber(t.Norm), unit: 1, digits: len(t.Norm)}
	a.grouped = len(t.Norm) < t.End-t.Start && t.Norm[0] < 0x80 && strings.Contains(d.Text[t.Start:t.End], ",")
	if i > 0 && t.Glued && d.Tokens[i-1].Kind == text.Word {
		if cur, _ := s.currencyAt(i - 1); cur == "" && !gluedPayWords[d.Tokens[i-1].Norm] {
			return amount{}, false // a part of a name: RS232, B2B, Q4
		}
	}
	return a, true
}

// gluedPayWords may come before a figure without a space.
var gluedPayWords = map[string]bool{"upto": true, "sal": true, "salary": true, "ctc": true, "to": true, "max": true, "min": true, "till": true, "से": true}

// wordsAt reads "बारह हज़ार", "dhai lakh", "साढ़े चार सौ"; a unit must follow, or
// a range whose other side has one.
func (s *scan) wordsAt(i int) (amount, bool) {
	d := s.doc
	if !d.IsKind(i, text.Word) {
		return amount{}, false
	}
	first, shift := i, 0.0
	if q, ok := quarters.At(d, i); ok {
		shift, i = q, i+1
	}
	if i >= len(d.Tokens) {
		return amount{}, false
	}
	if d.IsKind(i, text.Number) && shift != 0 {
		a, ok := s.numberAt(i)
		a.first, a.number, a.words = first, a.number+shift, true
		return a, ok
	}
	v, ok := numerals.At(d, i)
	switch {
	case !ok && shift == 0.25 && s.units[d.Tokens[i].Norm] > 0: // सवा लाख
		return amount{first: first, end: i, number: 1.25, unit: 1, words: true}, true
	case !ok:
		return amount{}, false
	}
	if ones, more := numerals.At(d, i+1); more && tens[v] && ones < 10 && ones > 0 {
		v, i = v+ones, i+1 // twenty five, "twenty-five"
	}
	return amount{first: first, end: i + 1, number: v + shift, unit: 1, words: true}, true
}

// tens are the English number words that another one may follow.
var tens = map[float64]bool{20: true, 30: true, 40: true, 50: true, 60: true, 70: true, 80: true, 90: true}

// maxGroups is the most groups that a figure has after its first: 1, 00, 00,
// 00, 000 is a hundred crore.
const maxGroups = 6

// readSpacedGroups joins "1, 50, 000" and "15, 000".
func (a *amount) readSpacedGroups(d *text.Doc) {
	if a.words || a.number != float64(int(a.number)) || a.number >= 1000 {
		return
	}
	v, end, groups, last := a.number, a.end, 0, 0
	for groups < maxGroups && d.Is(end, ",") && d.IsKind(end+1, text.Number) && !strings.Contains(d.Slice(end+1, end+2), ",") {
		n := len(d.Tokens[end+1].Norm)
		if n != 2 && n != 3 {
			break
		}
		scale := 100.0
		if n == 3 {
			scale = 1000
		}
		v = v*scale + parseNumber(d.Tokens[end+1].Norm)
		end, groups, last = end+2, groups+1, n
		if n == 3 {
			break
		}
	}
	if last != 3 || groups == 1 && a.currency == "" && !d.Is(end-1, "000") {
		return
	}
	a.number, a.end, a.grouped, a.digits = v, end, true, 4
}

// readMark reads "/-", "/=" and ":-" after a figure.
func (a *amount) readMark(d *text.Doc) {
	if !d.Is(a.end, "/") && !d.Is(a.end, ":") || !d.Is(a.end+1, "-") && !d.Is(a.end+1, "=") || !d.Tokens[a.end+1].Glued {
		return
	}
	a.end += 2
	a.marked = true
}

func (a *amount) readUnit(s *scan) {
	d, i := s.doc, a.end
	if d.Is(i, "-") && i+1 < len(d.Tokens) && s.units[d.Tokens[i+1].Norm] >= job.Lakh && d.Tokens[i+1].Glued && len(d.Tokens[i+1].Norm) > 2 {
		i++ // "5-Lakhs"
	}
	if (d.Is(i, ")") || d.Is(i, "]")) && i+1 < len(d.Tokens) && s.units[d.Tokens[i+1].Norm] >= job.Thousand && len(d.Tokens[i+1].Norm) > 2 {
		i++ // "(3-5) Lakhs"
	}
	if !d.IsKind(i, text.Word) {
		return
	}
	if end, ok := spelledLPA(d, i); ok {
		if d.Is(end, ".") && d.Tokens[end].Glued {
			end++
		}
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
		u, w, a.tail, a.tailPeriod = gluedUnit(d, i)
		if u == 0 {
			return
		}
	}
	a.takeUnit(u, i+1)
	if strings.HasPrefix(w, "lpa") || w == "एलपीए" {
		a.period = job.PerYear
		if d.Is(a.end, ".") && a.end+1 < len(d.Tokens) && d.Tokens[a.end+1].Glued {
			a.end++
		}
	}
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
	switch w {
	case "so":
		return !a.words || !d.Tokens[i].Glued
	case "m", "b", "ln":
		return !d.Tokens[i].Glued
	case "के":
		return !d.Tokens[i].Glued
	case "l":
		return !d.Tokens[i].Glued && a.number > 99
	}
	return false
}

// spelledLPA reads "L.P.A", "l. p. a.".
func spelledLPA(d *text.Doc, i int) (end int, ok bool) {
	if d.Is(i, "l") && d.Is(i+1, ".") && d.Is(i+2, "p") && d.Is(i+3, ".") && d.Is(i+4, "a") {
		return i + 5, true
	}
	if d.Is(i, "l") && d.Is(i+1, "p") && d.Is(i+2, "a") {
		return i + 3, true
	}
	return 0, false
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
var gluedTails = map[string]cue{
	"ctc": cueCTC, "th": cueInHand, "inhand": cueInHand, "takehome": cueInHand, "net": cueInHand, "salary": cuePay, "sal": cuePay,
	"pm": cuePay | cuePeriod, "pa": cuePay | cuePeriod, "fixed": cuePay, "plus": cuePay, "gross": cuePay, "in": cuePay, "per": cuePay,
	"month": cuePay | cuePeriod, "monthly": cuePay | cuePeriod, "s": cuePay, "inc": cueVariable, "nth": cueInHand, "permonth": cuePay | cuePeriod,
}

// tailPeriods are the periods among them.
var tailPeriods = map[string]job.Period{"pm": job.PerMonth, "pa": job.PerYear, "month": job.PerMonth, "monthly": job.PerMonth, "permonth": job.PerMonth}

// gluedUnit reads a unit with another word written onto it; apart from its figure
// it counts in capitals only: "70 KPM".
func gluedUnit(d *text.Doc, i int) (unit float64, name string, tail cue, p job.Period) {
	w, raw := d.Tokens[i].Norm, d.Slice(i, i+1)
	run := len(raw) > len("LPA")+1 && strings.HasPrefix(raw, "LPA") && raw != strings.ToUpper(raw) && unicode.IsUpper(rune(raw[3]))
	if run {
		return job.Lakh, "lpa", 0, "" // "20LPAClient"
	}
	if !d.Tokens[i].Glued && raw != strings.ToUpper(raw) {
		return 0, "", 0, ""
	}
	for _, g := range gluedUnits {
		rest, found := strings.CutPrefix(w, g.prefix)
		if !found || rest == "" {
			continue
		}
		if tail, ok := gluedTails[rest]; ok {
			return g.unit, w, tail, tailPeriods[rest]
		}
	}
	return 0, "", 0, ""
}

// readCompound adds a smaller part: "1 lakh 20 hazaar", "12 हज़ार 500".
func (a *amount) readCompound(s *scan) {
	if a.unit < job.Thousand || a.period != "" || a.tail != 0 || a.number != float64(int(a.number)) {
		return
	}
	b, ok := s.numberAt(a.end)
	if !ok || b.first != a.end || b.number != float64(int(b.number)) {
		return
	}
	b.readUnit(s)
	part := b.unit > 1 && b.unit < a.unit && b.tail == 0 && b.period == "" && b.value() < a.unit
	hundreds := a.words && a.unit == job.Thousand && b.unit == 1 && !b.words && len(s.doc.Tokens[b.first].Norm) == 3
	if !part && (!hundreds || int(b.number)%50 != 0) {
		return
	}
	a.number, a.unit, a.end = a.value()+b.value(), 1, b.end
	a.marked = true
	if c := *a; c.unit == 1 && part && b.unit == job.Thousand { // "1 lakh 20 hazaar 500"
		a.readHundreds(s)
	}
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

// readPointGroups takes "15.000" for fifteen thousand: nobody states pay to the
// thousandth.
func (a *amount) readPointGroups(d *text.Doc) {
	if a.unit != 1 || a.words || a.number >= 1000 {
		return
	}
	for i := a.first; i < a.end; i++ {
		n := d.Tokens[i].Norm
		if d.Tokens[i].Kind == text.Number && len(n) > 4 && n[len(n)-4] == '.' {
			a.number, a.grouped = a.number*job.Thousand, true
		}
	}
}

// sound refuses what isn't an amount of money: clock times, dates, percentages,
// numbers with a hyphenated name, telephone numbers, cut-off figures.
func (a *amount) sound(d *text.Doc) bool {
	if a.words && a.unit == 1 && !a.marked && a.currency == "" {
		return true // may be one side of a range; alone it is refused later
	}
	switch {
	case d.Is(a.end, "%") || d.Is(a.end, "percent") || d.Is(a.end, "प्रतिशत"):
		return false
	case d.Is(a.end, ":") && d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued:
		return false
	case a.currency == "" && a.afterNumber(d):
		return false
	case a.bare() && d.Is(a.end, "/") && d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued && !a.payOverPay(d):
		return false
	case a.bare() && a.digits > 7 && !a.grouped:
		return false
	case a.bare() && (a.beginsDate(d) || a.ofTelephone(d)):
		return false
	}
	return !a.cutOff(d)
}

// beginsDate reports the year of "2025-04-26".
func (a *amount) beginsDate(d *text.Doc) bool {
	return a.digits == 4 && a.number >= 1990 && a.number <= 2040 && d.Is(a.end, "-") && d.IsKind(a.end+1, text.Number) &&
		d.Tokens[a.end+1].Glued
}

// ofTelephone reports one half of "98765 43210".
func (a *amount) ofTelephone(d *text.Doc) bool {
	if a.digits != 5 || a.grouped {
		return false
	}
	half := func(i int, least float64) bool {
		return d.IsKind(i, text.Number) && len(d.Tokens[i].Norm) == 5 && parseNumber(d.Tokens[i].Norm) >= least
	}
	const mobile = 60000 // mobile numbers begin with 6 to 9
	return a.number >= mobile && half(a.end, 0) || half(a.first-1, mobile)
}

// payOverPay reports "15000/18000", which is no date.
func (a *amount) payOverPay(d *text.Doc) bool {
	return a.number >= 5000 && parseNumber(d.Tokens[a.end+1].Norm) >= 5000
}

// afterNumber reports a figure that goes on after another: "10:30", "05/11/2026".
func (a *amount) afterNumber(d *text.Doc) bool {
	i := a.first
	if i < 2 || !d.Tokens[i].Glued || !d.Tokens[i-1].Glued || d.Tokens[i-2].Kind != text.Number {
		return false
	}
	switch d.Tokens[i-1].Norm {
	case ":", ".", ",", "#":
		return true
	case "/":
		return a.number < 5000 || a.number == 0 || parseNumber(d.Tokens[i-2].Norm) < 5000
	}
	return false
}

// cutOff reports figures whose end is missing: "Salary upto 250...".
func (a *amount) cutOff(d *text.Doc) bool {
	if a.unit != 1 || a.marked || a.end > a.first && d.Tokens[a.end-1].Kind != text.Number {
		return false
	}
	apart := a.number < 1000 // "upto 5 ...": the dots may stand apart
	if a.end < len(d.Tokens) && (d.Tokens[a.end].Glued || apart) && (d.Is(a.end, "…") || d.Is(a.end, ".") && d.Is(a.end+1, ".")) {
		return true
	}
	if !d.Is(a.end, ",") {
		return false
	}
	if a.end+1 == len(d.Tokens) {
		return true
	}
	return d.Tokens[a.end].Glued && d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued // 2,40,0
}
