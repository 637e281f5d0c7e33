package pay

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
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
	tail       cue  // what the unit's own word says besides: "37kctc"
}

func (a *amount) value() float64 { return a.number * a.unit }

// bare reports whether nothing but its digits suggests that a figure is money.
func (a *amount) bare() bool {
	return a.unit == 1 && a.currency == "" && !a.marked && a.period == ""
}

// currencies gives the currency that a word or sign names.
var currencies = phrase.NewTable(map[string]string{
	"₹": "INR", "rs": "INR", "inr": "INR", "rupees": "INR", "rupee": "INR", "rupaye": "INR", "rupay": "INR", "rupe": "INR", "rupya": "INR", "rupiya": "INR",
	"rupaiya": "INR", "rupes": "INR", "rr": "INR", "रुपए": "INR", "रु": "INR", "रू": "INR", "रुपया": "INR", "रूपए": "INR", "रूपया": "INR", "रुपयों": "INR", "रुपैया": "INR",
	"$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
	"£": "GBP", "gbp": "GBP", "pounds": "GBP", "aed": "AED", "dirham": "AED", "dirhams": "AED", "sar": "SAR", "riyal": "SAR", "riyals": "SAR",
	"qar": "QAR", "omr": "OMR", "kwd": "KWD", "bhd": "BHD", "sgd": "SGD", "cad": "CAD", "aud": "AUD", "nzd": "NZD", "myr": "MYR",
	"jpy": "JPY", "¥": "JPY", "chf": "CHF", "hkd": "HKD", "php": "PHP", "डालर": "USD", "दिरहम": "AED", "रियाल": "SAR", "usdollar": "USD",
})

// amountAt reads the figure that begins at token i, with its currency before.
func amountAt(d *text.Doc, i int) (amount, bool) {
	first := i
	currency, i := currencyBefore(d, i)
	a, ok := numberAt(d, i)
	if !ok {
		return amount{}, false
	}
	a.first, a.currency = first, currency
	a.readSpacedGroups(d)
	a.readMark(d)
	a.readUnit(d)
	a.readCompound(d)
	a.readMark(d)
	a.readCurrencyAfter(d)
	a.readMark(d)
	a.readPlus(d)
	a.readPointGroups(d)
	if !a.sound(d) {
		return amount{}, false
	}
	return a, true
}

// maxCurrencyTokens is the most tokens of a currency: "Rs. : -".
const maxCurrencyTokens = 4

func currencyBefore(d *text.Doc, i int) (string, int) {
	if i >= len(d.Tokens) {
		return "", i
	}
	cur, ok := currencies.At(d, i)
	switch {
	case ok && i > 0 && d.Tokens[i].Glued && d.Tokens[i].Kind == text.Word && d.Tokens[i-1].Kind != text.Symbol:
		return "", i
	case !ok && d.Is(i, "us") && d.Is(i+1, "$"):
		return "USD", i + 2
	case !ok:
		return "", i
	}
	j := i + 1
	for j < i+maxCurrencyTokens && (d.Is(j, ".") || d.Is(j, ":") || d.Is(j, "-") && d.IsKind(j+1, text.Number) || d.Is(j, "₹") || cur == "USD" && d.Is(j, "$")) {
		j++
	}
	if cur == "INR" && d.Is(j, "rs") { // "INR Rs. 5000"
		j++
		for d.Is(j, ".") {
			j++
		}
	}
	return cur, j
}

// numberAt reads digits, or number words that a unit follows.
func numberAt(d *text.Doc, i int) (amount, bool) {
	if !d.IsKind(i, text.Number) {
		return wordsAt(d, i)
	}
	t := &d.Tokens[i]
	a := amount{first: i, end: i + 1, number: parseNumber(t.Norm), unit: 1, digits: len(t.Norm)}
	a.grouped = len(t.Norm) < t.End-t.Start && t.Norm[0] < 0x80 && hasComma(d.Text[t.Start:t.End])
	if i > 0 && t.Glued && d.Tokens[i-1].Kind == text.Word {
		if _, cur := currencies.At(d, i-1); !cur && !gluedPayWords[d.Tokens[i-1].Norm] {
			return amount{}, false // a part of a name: RS232, B2B, Q4
		}
	}
	return a, true
}

// gluedPayWords may come before a figure without a space.
var gluedPayWords = map[string]bool{"upto": true, "sal": true, "salary": true, "ctc": true, "to": true, "max": true, "min": true}

func hasComma(s string) bool {
	for i := range len(s) {
		if s[i] == ',' {
			return true
		}
	}
	return false
}

// wordsAt reads "बारह हज़ार", "dhai lakh", "साढ़े चार सौ"; a unit must follow, or
// a range whose other side has one.
func wordsAt(d *text.Doc, i int) (amount, bool) {
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
		a, ok := numberAt(d, i)
		a.first, a.number, a.words = first, a.number+shift, true
		return a, ok
	}
	v, ok := numerals.At(d, i)
	switch {
	case !ok && shift == 0.25 && i < len(d.Tokens) && units[d.Tokens[i].Norm] > 0: // सवा लाख
		return amount{first: first, end: i, number: 1.25, unit: 1, words: true}, true
	case !ok:
		return amount{}, false
	}
	return amount{first: first, end: i + 1, number: v + shift, unit: 1, words: true}, true
}

// maxGroups is the most groups that a figure has after its first: 1, 00, 00,
// 00, 000 is a hundred crore.
const maxGroups = 6

// readSpacedGroups joins "1, 50, 000" and "15, 000".
func (a *amount) readSpacedGroups(d *text.Doc) {
	if a.words || a.number != float64(int(a.number)) || a.number >= 1000 {
		return
	}
	v, end, groups, last := a.number, a.end, 0, 0
	for groups < maxGroups && d.Is(end, ",") && d.IsKind(end+1, text.Number) && !hasComma(d.Slice(end+1, end+2)) {
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
	if (d.Is(a.end, "/") || d.Is(a.end, ":")) && (d.Is(a.end+1, "-") || d.Is(a.end+1, "=")) && d.Tokens[a.end+1].Glued {
		a.end += 2
		a.marked = true
	}
}

func (a *amount) readUnit(d *text.Doc) {
	i := a.end
	if d.Is(i, "-") && i+1 < len(d.Tokens) && units[d.Tokens[i+1].Norm] >= lakh && d.Tokens[i+1].Glued && len(d.Tokens[i+1].Norm) > 2 {
		i++ // "5-Lakhs"
	}
	if !d.IsKind(i, text.Word) {
		return
	}
	w := d.Tokens[i].Norm
	if d.Is(i, "l") && d.Is(i+1, ".") && d.Is(i+2, "p") && d.Is(i+3, ".") && d.Is(i+4, "a") {
		a.unit, a.period, a.end = lakh, job.PerYear, i+5
		return
	}
	u, ok := units[w]
	switch {
	case ok && w == "so" && !a.words, ok && (w == "m" || w == "b" || w == "so") && !d.Tokens[i].Glued:
		return
	case ok && w == "l" && !d.Tokens[i].Glued && a.number > 99:
		return
	case !ok:
		u, w, a.tail = gluedUnit(w)
		if u == 0 || !d.Tokens[i].Glued && w != "lpa" {
			a.tail = 0
			return
		}
	}
	a.unit, a.end = u, i+1
	if w == "lpa" {
		a.period = job.PerYear
		if d.Is(a.end, ".") && a.end+1 < len(d.Tokens) && d.Tokens[a.end+1].Glued {
			a.end++
		}
	}
}

// gluedUnits are units that other words are written onto: "37kctc".
var gluedUnits = []struct {
	prefix string
	unit   float64
}{{"lakhs", lakh}, {"lakh", lakh}, {"lacs", lakh}, {"lac", lakh}, {"lpa", lakh}, {"thousand", thousand}, {"k", thousand}, {"l", lakh}}

// gluedTails are what may be written onto a unit.
var gluedTails = map[string]cue{
	"ctc": cueCTC, "th": cueInHand, "inhand": cueInHand, "takehome": cueInHand, "net": cueInHand, "salary": cuePay, "sal": cuePay,
	"pm": cuePay, "pa": cuePay, "fixed": cuePay, "plus": cuePay, "gross": cuePay, "in": cuePay, "per": cuePay, "month": cuePay, "monthly": cuePay, "s": cuePay, "inc": cueIncentive,
}

func gluedUnit(w string) (unit float64, name string, tail cue) {
	for _, g := range gluedUnits {
		if len(w) > len(g.prefix) && w[:len(g.prefix)] == g.prefix {
			if tail, ok := gluedTails[w[len(g.prefix):]]; ok {
				return g.unit, g.prefix, tail
			}
		}
	}
	return 0, "", 0
}

// readCompound adds a smaller part: "1 lakh 20 hazaar", "12 हज़ार 500".
func (a *amount) readCompound(d *text.Doc) {
	if a.unit < thousand || a.period != "" || a.tail != 0 || a.number != float64(int(a.number)) {
		return
	}
	b, ok := numberAt(d, a.end)
	if !ok || b.first != a.end || b.number != float64(int(b.number)) {
		return
	}
	b.readUnit(d)
	switch {
	case b.unit > 1 && b.unit < a.unit && b.tail == 0 && b.period == "" && b.value() < a.unit:
	case b.unit == 1 && !b.words && a.unit == thousand && b.number >= 100 && b.number < 1000 && len(d.Tokens[b.first].Norm) == 3 && int(b.number)%50 == 0 && a.words:
	default:
		return
	}
	a.number, a.unit, a.end = a.value()+b.value(), 1, b.end
	a.marked = true
}

func (a *amount) readCurrencyAfter(d *text.Doc) {
	if a.end >= len(d.Tokens) {
		return
	}
	if d.Is(a.end, "us") && d.Is(a.end+1, "$") && a.currency == "" {
		a.currency, a.end = "USD", a.end+2
		return
	}
	if country := riyals[d.Tokens[a.end].Norm]; country != "" && (d.Is(a.end+1, "riyal") || d.Is(a.end+1, "riyals") || d.Is(a.end+1, "रियाल")) {
		a.currency, a.end = country, a.end+2
		return
	}
	cur, ok := currencies.At(d, a.end)
	if !ok || a.currency != "" && a.currency != cur {
		return
	}
	// The sign may belong to the next figure: "5000 ₹6000".
	if d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued && d.Tokens[a.end].Kind == text.Symbol {
		return
	}
	if d.Is(a.end, "rs") && d.Is(a.end+1, ".") && d.IsKind(a.end+2, text.Number) {
		return
	}
	a.currency, a.end = cur, a.end+1
	if d.Is(a.end, ".") && d.Tokens[a.end].Glued && len(d.Tokens[a.end-1].Norm) <= len("रु") {
		a.end++ // "रु." and "Rs." are abbreviations
	}
}

// riyals are the countries that share the name of a currency.
var riyals = map[string]string{
	"कतरी": "QAR", "qatari": "QAR", "saudi": "SAR", "सऊदी": "SAR", "omani": "OMR", "ओमानी": "OMR", "qatar": "QAR", "oman": "OMR",
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
			a.number, a.grouped = a.number*thousand, true
		}
	}
}

func (a *amount) readPlus(d *text.Doc) {
	if d.Is(a.end, "+") && d.Tokens[a.end].Glued {
		a.plus = true
	}
}

// sound refuses what isn't an amount of money: clock times, dates, percentages,
// numbers with a hyphenated name, telephone numbers, cut-off figures.
func (a *amount) sound(d *text.Doc) bool {
	if a.words && a.unit == 1 && !a.marked && a.currency == "" {
		return true // may be one side of a range; alone it is refused later
	}
	if d.Is(a.end, "%") || d.Is(a.end, "percent") || d.Is(a.end, ":") && d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued {
		return false
	}
	if a.first > 0 && a.currency == "" && d.Tokens[a.first].Glued {
		if p := d.Tokens[a.first-1].Norm; (p == ":" || p == "." || p == "/" || p == "," || p == "#") && a.first > 1 && d.Tokens[a.first-2].Kind == text.Number && d.Tokens[a.first-1].Glued {
			return false
		}
	}
	if a.bare() && d.Is(a.end, "/") && d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued {
		return false
	}
	if a.bare() && a.digits > 7 && !a.grouped {
		return false
	}
	return !a.cutOff(d)
}

// cutOff reports figures whose end is missing: "Salary upto 250...".
func (a *amount) cutOff(d *text.Doc) bool {
	if a.unit != 1 || a.marked || a.end > a.first && d.Tokens[a.end-1].Kind != text.Number {
		return false
	}
	if a.end < len(d.Tokens) && d.Tokens[a.end].Glued && (d.Is(a.end, "…") || d.Is(a.end, ".") && d.Is(a.end+1, ".")) {
		return true
	}
	if d.Is(a.end, ",") && d.Tokens[a.end].Glued && a.end+1 < len(d.Tokens) && d.IsKind(a.end+1, text.Number) && d.Tokens[a.end+1].Glued {
		return true // 2,40,0
	}
	return d.Is(a.end, ",") && a.end+1 == len(d.Tokens)
}
