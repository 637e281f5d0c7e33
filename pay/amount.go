package pay

import (
	"strings"

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
	plus       bool  // a "+" comes after it
	slip       bool  // a unit stood after a full figure
	tail       sense // what is written onto the unit: "37kctc"
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
	if s.ofName(i) {
		return amount{}, false
	}
	t := &d.Tokens[i]
	a := amount{first: i, end: i + 1, number: parseNumber(t.Norm), unit: 1}
	whole, _, _ := strings.Cut(t.Norm, ".")
	a.digits = len(whole)
	a.grouped = len(t.Norm) < t.End-t.Start && strings.Contains(d.Text[t.Start:t.End], ",")
	return a, true
}

// ofName reports digits at token i that are a part of a name: "B2B", "Q4".
func (s *scan) ofName(i int) bool {
	d := s.doc
	if !glued(d, i) || !d.IsKind(i-1, text.Word) || gluedPayWords[d.Tokens[i-1].Norm] {
		return false
	}
	cur, _ := s.currencyAt(i - 1)
	return cur == ""
}

// gluedPayWords may come before a figure without a space.
var gluedPayWords = map[string]bool{
	"upto": true, "till": true, "to": true, "से": true, "max": true, "min": true,
	"sal": true, "salary": true, "ctc": true,
}

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

// readSpacedGroups joins "1, 50, 000" and "15, 000". The last group has three
// digits, those before it two; a single group must be "000" where no currency
// shows that it is money.
func (a *amount) readSpacedGroups(d *text.Doc) {
	if a.words || !whole(a.number) || a.number >= 1000 {
		return
	}
	v, end := a.number, a.end
	for groups := 1; groups <= maxGroups; groups++ {
		digits := groupAt(d, end)
		if digits == "" {
			return
		}
		end += 2
		if len(digits) == 2 {
			v = v*100 + parseNumber(digits)
			continue
		}
		if groups > 1 || a.currency != "" || digits == "000" {
			a.number, a.end, a.grouped, a.digits = v*1000+parseNumber(digits), end, true, 4
		}
		return
	}
}

// groupAt gives the two or three digits of a group whose comma is at token i;
// "" where none is there.
func groupAt(d *text.Doc, i int) string {
	if !d.Is(i, ",") || !d.IsKind(i+1, text.Number) || strings.Contains(d.Slice(i+1, i+2), ",") {
		return ""
	}
	digits := d.Tokens[i+1].Norm
	if len(digits) != 2 && len(digits) != 3 {
		return ""
	}
	return digits
}

// readMark reads "/-", "/=" and ":-" after a figure.
func (a *amount) readMark(d *text.Doc) {
	if isAny(d, a.end, "/", ":") && isAny(d, a.end+1, "-", "=") && glued(d, a.end+1) {
		a.end += 2
		a.marked = true
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
