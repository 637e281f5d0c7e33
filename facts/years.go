package facts

import (
	"strconv"

	"jobsieve/text"
)

// unitYears gives how many years a word after a number stands for.
var unitYears = map[string]float64{
	"years": 1, "year": 1, "yrs": 1, "yr": 1, "y": 1, "साल": 1, "वर्ष": 1, "वर्षों": 1, "सालों": 1, "वर्षीय": 0, "saal": 1, "sal": 1, "saalo": 1, "varsh": 1,
	"months": 1. / 12, "month": 1. / 12, "mahina": 1. / 12, "माह": 1. / 12, "महीने": 1. / 12, "महीना": 1. / 12, "maah": 1. / 12, "mahino": 1. / 12, "महीनों": 1. / 12,
}

// words that are small numbers.
var smallNumbers = text.NewTable(map[string]float64{
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
func yearsAt(d *text.Doc, i int, bare bool) (y years, ok bool) {
	lo, ok := numberAt(d, i)
	if !ok || i > 0 && d.Tokens[i].Glued && (d.Is(i-1, ".") || d.Tokens[i-1].Kind == text.Word) {
		return y, false
	}
	y.first = i
	j := i + 1
	plus := false
	loUnit := unitAt(d, &j)
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
	unit := unitAt(d, &j)
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
func unitAt(d *text.Doc, j *int) float64 {
	if *j < len(d.Tokens) {
		if u := unitYears[d.Tokens[*j].Norm]; u > 0 {
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

// experienceWord are words near which a range of years is experience.
var experienceWords = func() *text.Lexicon[string] {
	l := text.NewLexicon[string]()
	l.MustAdd("experience", `experience; exp; experienced; work experience; anubhav; अनुभव; अनुभवी; एक्सपीरियंस; tajurba; तजुर्बा; तजुर्बेदार; exp.; karigari; kaam kiya; काम किया; काम का अनुभव; post qualification; hands on; pqe; अनुभव हो`)
	l.MustAdd("min", `minimum; min; at least; atleast; kam se kam; कम से कम; न्यूनतम; more than; above; over; कम-से-कम; not less than`)
	l.MustAdd("max", `upto; up to; maximum; max; less than; below; अधिकतम; within`)
	l.MustAdd("above", `and above; or more; and more; or above; se zyada; se jyada; se upar; से अधिक; से ज्यादा; से ऊपर; plus; above; onwards; se adhik`)
	l.MustAdd("only", `(only|sirf|keval|केवल|सिर्फ|मात्र) (fresher|freshers|फ्रेशर); (fresher|freshers) only; फ्रेशर ही; fresher hi; फ्रेशर के लिए; only for freshers; fresher ke liye`)
	l.MustAdd("fresher", `fresher; freshers; फ्रेशर; नया हो; नए भी; नए लोग; naye log; naye bhi; नए उम्मीदवार; बिना अनुभव; bina anubhav; bina experience; anubhav zaroori nahi; anubhav ki zaroorat nahi; अनुभव जरूरी नहीं; अनुभव की जरूरत नहीं; अनुभव आवश्यक नहीं; अनुभव अनिवार्य नहीं;
		no experience (required|needed|necessary); experience (not|is not) (required|needed|necessary|mandatory|must); experience not; no prior experience; without experience; अनुभव नहीं; अनुभव नहीं मांगते; नए भी चलेंगे; naya bhi; नया भी; experience nahi chahiye; experience zaroori nahi; अनुभव हो या न हो; entry level; no exp; नौसिखिए`)
	l.MustAdd("nofresher", `no freshers; no fresher; freshers (not|do not|please do not|are not|need not|should not|cannot); fresher (not|nahi); फ्रेशर नहीं; फ्रेशर न; fresher na; freshers na; not for freshers; non fresher; freshers excuse; fresher mat; ex fresher; फ्रेशर आवेदन न; freshers please excuse`)
	return l
}()
