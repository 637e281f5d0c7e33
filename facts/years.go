package facts

import (
	"strconv"

	"jobsieve/text"
)

// years is a range of years in a text: tokens first up to but not including
// end.
type years struct {
	min, max   *float64
	first, end int
	unit       bool // the text says years or months
}

// isSpan reports years that are no single figure: "2-5", "3+".
func (y *years) isSpan() bool { return y.min == nil || y.max == nil || *y.min != *y.max }

// numberStarts gives the tokens, in order, that a number, a time of day or an amount of
// years may begin with. They stay with d for the next reader.
func (w *words) numberStarts(d *text.Doc) []int {
	if len(d.Tokens) == 0 {
		return nil
	}
	kept, current := d.Kept(w.starts)
	list, reused := kept.(*[]int)
	switch {
	case current:
		return *list
	case !reused:
		list = new([]int)
	}
	*list = (*list)[:0]
	for i := range d.Tokens {
		if w.startsNumber(d, i) {
			*list = append(*list, i)
		}
	}
	d.Keep(w.starts, list)
	return *list
}

// startsNumber reports one of these tokens.
func (w *words) startsNumber(d *text.Doc, i int) bool {
	switch d.Tokens[i].Kind {
	case text.Number:
		return true
	case text.Word:
		_, ok := w.starts.At(d, i)
		return ok
	}
	return false
}

// numberAt gives the number at token i, in digits or as a word.
func (w *words) numberAt(d *text.Doc, i int) (float64, bool) {
	if i < 0 || i >= len(d.Tokens) {
		return 0, false
	}
	t := &d.Tokens[i]
	if t.Kind == text.Number {
		v, err := strconv.ParseFloat(t.Norm, 64)
		return v, err == nil
	}
	v, ok := w.numbers.At(d, i)
	return v, ok && t.Kind == text.Word
}

// numberAt is that with the words that come with the program.
func numberAt(d *text.Doc, i int) (float64, bool) { return Standard().numberAt(d, i) }

// The longest experience that is believed: of a range, and of a single figure,
// which is more often the firm's age, or a range that has lost its dash.
const (
	maxYears  = 45
	maxSingle = 25
)

// side is one side of a range of years.
type side struct {
	years float64 // in units of unit, where that is not 0
	unit  float64 // how many years the word after it stands for, 0 for none
	plus  bool
	end   int
}

// isPart reports a figure that is part of a name or a decimal: "L3", "v.2", but
// not "Experience3" or "7to10".
func isPart(d *text.Doc, i int) bool {
	const long = 5
	if i == 0 || !d.Tokens[i].Glued {
		return false
	}
	return d.Is(i-1, ".") || d.IsKind(i-1, text.Word) && len(d.Tokens[i-1].Norm) < long && rangeWord(d, i-1) == i-1
}

// sideAt reads "2", "2+ years", "three (3) yrs", "1 year 6 months" at token i.
func (w *words) sideAt(d *text.Doc, i int) (s side, ok bool) {
	v, end, ok := w.amountAt(d, i)
	if !ok || isPart(d, i) {
		return s, false
	}
	s.years, s.end = v, end
	if again, same := w.numberAt(d, i+2); same && again == v && d.Is(i+1, "(") && d.Is(i+3, ")") {
		s.end = i + 4
	}
	s.stepPlus(d)
	s.stepMore(d, w)
	s.unit = w.unitAt(d, &s.end)
	s.stepShort(d)
	if months, more := w.numberAt(d, s.end); more && s.unit == 1 && months < 12 {
		if j := s.end + 1; w.unitAt(d, &j) == month {
			s.years, s.end = s.years+months*month, j
		}
	}
	s.stepPlus(d)
	return s, true
}

// stepShort steps over the m of "6m - 1 yr" and over "and a half" after a unit.
func (s *side) stepShort(d *text.Doc) {
	switch {
	case s.unit == 0 && d.Is(s.end, "m") && d.Tokens[s.end].Glued && rangeWord(d, s.end+1) > s.end+1:
		s.unit, s.end = month, s.end+1
	case s.unit > 0 && isAndHalf(d, s.end):
		s.years, s.end = s.years+aHalf, s.end+3
	}
}

// isAndHalf reports "and a half" at token i.
func isAndHalf(d *text.Doc, i int) bool { return d.Is(i, "and") && d.Is(i+1, "a") && d.Is(i+2, "half") }

// aHalf is what "half" adds to a number.
const aHalf = 0.5

// amountAt reads how many years there are at token i, where these are told in several
// words: "two and a half", "a couple of", "साढ़े तीन", "half a year"; end is after them.
func (w *words) amountAt(d *text.Doc, i int) (v float64, end int, ok bool) {
	unit := func(j int) float64 { return w.unitYears[next(d, j)] }
	switch word := next(d, i); {
	case w.andHalf[word]:
		v, ok = w.numberAt(d, i+1)
		return v + aHalf, i + 2, ok
	case word == "half":
		end = i + 1
		if d.Is(end, "a") {
			end++
		}
		return aHalf, end, unit(end) >= 1
	case word == "a" && d.Is(i+1, "couple") && d.Is(i+2, "of"):
		return 2, i + 3, true
	case word == "a" && unit(i+1) >= 1: // and not "twice a year"
		asked := w.asks[next(d, i-1)] || d.Is(i+2, "experience")
		of := d.Is(i+2, "of") || d.Is(i+2, "or") || isAndHalf(d, i+2)
		return 1, i + 1, asked || of || unit(i+1) > 1 || d.Is(i+1, "years")
	}
	return w.plainAmountAt(d, i)
}

// plainAmountAt reads a number at token i, and the half after it.
func (w *words) plainAmountAt(d *text.Doc, i int) (v float64, end int, ok bool) {
	if v, ok = w.numberAt(d, i); !ok {
		return 0, i, false
	}
	if isAndHalf(d, i+1) {
		return v + aHalf, i + 4, true
	}
	return v, i + 1, true
}

// stepMore steps over the words of "three or more years".
func (s *side) stepMore(d *text.Doc, w *words) {
	or := d.Is(s.end, "or") || d.Is(s.end, "and")
	if or && (d.Is(s.end+1, "more") || d.Is(s.end+1, "above")) && w.unitYears[next(d, s.end+2)] > 0 {
		s.plus, s.end = true, s.end+2
	}
}

func (s *side) stepPlus(d *text.Doc) {
	if d.Is(s.end, "-") && d.Is(s.end+1, "plus") {
		s.end++
	}
	for d.Is(s.end, "+") || d.Is(s.end, "plus") {
		s.plus, s.end = true, s.end+1
	}
}

// month is how many years a month is.
const month = 1. / 12

// yearsAt reads "2-5 years", "2 to 5 yrs", "3+ years", "6 months" at token i.
// bare allows a range without the word for years, as a field has it.
func (w *words) yearsAt(d *text.Doc, i int, bare bool) (y years, ok bool) {
	lo, ok := w.sideAt(d, i)
	if !ok {
		return y, false
	}
	hi, isRange := w.otherSide(d, i, lo)
	y.unit = lo.unit+hi.unit > 0
	if !y.unit && !bare {
		return y, false
	}
	shareUnit(&lo, &hi)
	least, most := lo.years*lo.unit, hi.years*hi.unit
	if most > maxYears || most < least || !isRange && least > maxSingle {
		return y, false
	}
	y.first, y.end = i, hi.end
	y.min = ptr(round(least))
	switch {
	case isRange:
		y.max = ptr(round(most))
	case !lo.plus:
		y.max = y.min
	}
	return y, true
}

// otherSide reads the second figure of a range whose first begins at token i; that
// same one where it is none.
func (w *words) otherSide(d *text.Doc, i int, lo side) (hi side, isRange bool) {
	k := rangeEnd(d, i, lo.end)
	if k == lo.end {
		if next, ok := w.sideAt(d, k); ok && lo.unit == 0 && w.sideBySide(d, lo, next) {
			return next, true
		}
		return lo, false
	}
	for d.Is(k, ">") || d.Is(k, "<") {
		k++
	}
	if hi, ok := w.sideAt(d, k); ok {
		return hi, true
	}
	return lo, false
}

// shareUnit gives a side without a word for years or months that of the other side;
// bare figures are years.
func shareUnit(lo, hi *side) {
	switch {
	case lo.unit+hi.unit == 0:
		lo.unit, hi.unit = 1, 1
	case hi.unit == 0:
		hi.unit = lo.unit
	case lo.unit == 0:
		lo.unit = hi.unit
	}
}

// sideBySide reports two words for numbers one after the other that make a range: "do
// teen saal".
func (w *words) sideBySide(d *text.Doc, lo, hi side) bool {
	return hi.unit > 0 && hi.years == lo.years+1 && d.IsKind(lo.end-1, text.Word) && d.IsKind(lo.end, text.Word)
}

func round(v float64) float64 { return float64(int(v*100+0.5)) / 100 }

func ptr[T any](v T) *T { return &v }

// unitAt reads a word for years or months at token *j and steps over it, and over
// the point of a short one: "yrs.".
func (w *words) unitAt(d *text.Doc, j *int) float64 {
	if *j >= len(d.Tokens) {
		return 0
	}
	t := &d.Tokens[*j]
	u := w.unitYears[t.Norm]
	for n := 3; u == 0 && n <= 5 && n < len(t.Norm) && t.End-t.Start == len(t.Norm); n++ {
		if c := d.Text[t.Start+n]; c >= 'A' && c <= 'Z' { // "yearsLocation"
			u = w.unitYears[t.Norm[:n]]
		}
	}
	if u == 0 {
		return 0
	}
	const short = 3
	*j++
	if len(t.Norm) <= short && d.Is(*j, ".") && d.Tokens[*j].Glued {
		*j++
	}
	if d.Is(*j, "'") && d.Tokens[*j].Glued { // "two years' service"
		*j++
	}
	return u
}

// rangeWord steps over "-", "to", "se", से at token j.
func rangeWord(d *text.Doc, j int) int {
	for d.Is(j, "-") {
		j++
	}
	for _, w := range []string{"to", "se", "से", "ya", "या", "or"} {
		if d.Is(j, w) {
			return j + 1
		}
	}
	return j
}

// rangeEnd steps over what joins the two figures of a range of which the first is
// tokens i to j: as rangeWord does, and "between 2 and 5".
func rangeEnd(d *text.Doc, i, j int) int {
	if d.Is(j, "and") || d.Is(j, "&") {
		switch next(d, i-1) {
		case "between", "from", "btw", "bw", "betw":
			return j + 1
		}
	}
	if d.Is(j, "up") && d.Is(j+1, "to") {
		return j + 2 // "a minimum of 3 years up to 8 years"
	}
	return rangeWord(d, j)
}
