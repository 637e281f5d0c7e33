package facts

import (
	"strconv"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// words that are small numbers.
var smallNumbers = phrase.NewTable(map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ek": 1, "do": 2, "teen": 3, "char": 4, "chaar": 4, "paanch": 5, "panch": 5, "dus": 10,
	"एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पांच": 5, "छह": 6, "सात": 7, "आठ": 8, "दस": 10, "डेढ": 1.5, "ढाई": 2.5, "dedh": 1.5, "dhai": 2.5,
})

// years is a range of years in a text: tokens first up to but not including
// end.
type years struct {
	min, max   *float64
	first, end int
}

// numberAt gives the number at token i.
func numberAt(d *text.Doc, i int) (float64, bool) {
	if i < 0 || i >= len(d.Tokens) {
		return 0, false
	}
	t := &d.Tokens[i]
	if t.Kind == text.Number {
		v, err := strconv.ParseFloat(t.Norm, 64)
		return v, err == nil
	}
	v, ok := smallNumbers.At(d, i)
	return v, ok && t.Kind == text.Word
}

// maxYears is the longest experience that is believed.
const maxYears = 45

// yearsAt reads "2-5 years", "2 to 5 yrs", "3+ years", "6 months" at token i.
// bare allows a range without the word for years, as a field has it.
func (w *words) yearsAt(d *text.Doc, i int, bare bool) (y years, ok bool) {
	lo, ok := numberAt(d, i)
	if !ok || i > 0 && d.Tokens[i].Glued && (d.Is(i-1, ".") || d.Tokens[i-1].Kind == text.Word) {
		return y, false
	}
	y.first = i
	j := i + 1
	plus := false
	loUnit := w.unitAt(d, &j)
	if d.Is(j, "+") {
		plus, j = true, j+1
	}
	hi, isRange := 0.0, false
	if k := rangeWord(d, j); k > j {
		for d.Is(k, ">") || d.Is(k, "<") {
			k++
		}
		if hi, isRange = numberAt(d, k); isRange {
			j = k + 1
			if d.Is(j, "+") {
				j++
			}
		}
	}
	unit := w.unitAt(d, &j)
	if unit == 0 {
		unit = loUnit
	}
	if loUnit == 0 {
		loUnit = unit
	}
	if unit == 0 && bare {
		unit, loUnit = 1, 1
	}
	if d.Is(j, "+") {
		plus, j = true, j+1
	}
	if unit == 0 || lo*loUnit > maxYears || hi*unit > maxYears || isRange && hi*unit < lo*loUnit {
		return y, false
	}
	y.end = j
	y.min = ptr(round(lo * loUnit))
	switch {
	case isRange:
		y.max = ptr(round(hi * unit))
	case !plus:
		y.max = y.min
	}
	return y, true
}

func round(v float64) float64 { return float64(int(v*100+0.5)) / 100 }

func ptr[T any](v T) *T { return &v }

// unitAt reads a word for years or months at token *j and steps over it.
func (w *words) unitAt(d *text.Doc, j *int) float64 {
	if *j < len(d.Tokens) {
		if u := w.unitYears[d.Tokens[*j].Norm]; u > 0 {
			*j++
			if d.Is(*j, ".") && *j < len(d.Tokens) && d.Tokens[*j].Glued {
				*j++
			}
			return u
		}
	}
	return 0
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
