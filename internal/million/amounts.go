package million

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"jobsieve/job"
)

// rise is how the amounts of one posting differ from those it was made from: by a
// factor, the same in all of its texts, and for amounts in lakhs and in rupees a year
// by how they are written.
type rise struct {
	factor float64
	form   int
}

// The forms of a year's pay: as it was, "3-4.5 Lacs PA", "3-4.5 LPA",
// "₹ 3,00,000 - 4,50,000 PA", "₹ 25,000 - 37,500 a month".
const (
	formKept = iota
	formLacs
	formLPA
	formRupees
	formMonthly
	forms
)

func (m *Maker) rise() rise {
	const spread, least, most, kept = 0.25, 0.5, 2, 0.6
	r := rise{factor: min(most, max(least, math.Exp(m.random.NormFloat64()*spread)))}
	if m.random.Float64() >= kept {
		r.form = 1 + m.random.IntN(forms-1)
	}
	return r
}

// money finds an amount or a range: a currency, a number, what joins it to a second
// one, that number, a unit, and a year as the period.
var money = regexp.MustCompile(`(?i)(₹\s*|\brs\.?\s*|\binr\s*|)\b(\d[\d,]*(?:\.\d+)?)` +
	`(?:(\s*(?:-|–|to)\s*(?:₹\s*|rs\.?\s*|inr\s*|))(\d[\d,]*(?:\.\d+)?))?` +
	`(\s*(?:lacs|lac|lakhs|lakh|lpa|k)\b|)(\s*(?:p\.\s?a\.|pa\b|per annum\b)|)`)

// The parts of what money finds.
const (
	_ = iota
	partCurrency
	partLow
	partJoin
	partHigh
	partUnit
	partPeriod
)

const lakh = 100_000

// in gives a text with its amounts changed. In a field of pay every number from 1,000
// on is one; elsewhere those with a currency or a unit are.
func (r rise) in(s string, isField bool) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	if strings.Contains(strings.ToLower(s), "month") {
		r.form = formKept // the amounts may not be a year's
	}
	return money.ReplaceAllStringFunc(s, func(found string) string {
		return r.amount(money.FindStringSubmatch(found), isField)
	})
}

func (r rise) amount(parts []string, isField bool) string {
	const leastBare = 1000
	low, high := number(parts[partLow]), number(parts[partHigh])
	unit := strings.ToLower(strings.TrimSpace(parts[partUnit]))
	isBare := parts[partCurrency] == "" && unit == ""
	if isBare && (!isField || low < leastBare) {
		return parts[0]
	}
	isYear := strings.HasPrefix(unit, "l") || unit == "" && isField && low >= lakh
	if isYear && low > 0 && r.form != formKept {
		return r.write(round(low*stepOf(low, unit)*r.factor), round(high*stepOf(high, unit)*r.factor))
	}
	change := func(text string, v float64) string {
		if text == "" || v == 0 {
			return text
		}
		step := stepOf(v, unit)
		return grouped(round(v*step*r.factor)/step, strings.Contains(text, ","))
	}
	parts[partLow], parts[partHigh] = change(parts[partLow], low), change(parts[partHigh], high)
	return strings.Join(parts[partCurrency:], "")
}

// stepOf is what an amount counts: lakhs or rupees. One from 1,000 on is in rupees, also
// before a unit: "80,000-1 Lacs PA".
func stepOf(v float64, unit string) float64 {
	const leastRupees = 1000
	if strings.HasPrefix(unit, "l") && v < leastRupees {
		return lakh
	}
	return 1
}

// write writes a range of rupees a year in the form; high is zero for one amount.
func (r rise) write(low, high float64) string {
	const months, step = 12, 500
	span := func(divisor float64, commas bool) string {
		s := grouped(low/divisor, commas)
		if high > 0 {
			s += "-" + grouped(high/divisor, commas)
		}
		return s
	}
	switch r.form {
	case formLacs:
		return span(lakh, false) + " Lacs PA"
	case formLPA:
		return span(lakh, false) + " LPA"
	case formRupees:
		return "₹ " + strings.Replace(span(1, true), "-", " - ", 1) + " PA"
	}
	monthly := func(v float64) float64 { return math.Round(v/months/step) * step }
	low, high = monthly(low), monthly(high)
	return "₹ " + strings.Replace(span(1, true), "-", " - ", 1) + " a month"
}

// round rounds rupees as employers do.
func round(v float64) float64 {
	if v == 0 {
		return 0
	}
	for _, by := range []struct{ below, step float64 }{{1000, 1}, {20_000, 500}, {lakh, 1000}, {10 * lakh, 5000}} {
		if v < by.below {
			return max(by.step, math.Round(v/by.step)*by.step)
		}
	}
	return math.Round(v/lakh*2) / 2 * lakh // halves of a lakh
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		return 0 // an empty text
	}
	return v
}

// grouped writes a number of two decimals at most, with Indian commas if asked to.
func grouped(v float64, commas bool) string {
	if commas {
		return job.Grouped(math.Round(v))
	}
	s := fmt.Sprintf("%.2f", v)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// years is how many years of experience more than the one it was made from a posting
// asks for.
type years int

func (m *Maker) years() years {
	const most = 4
	return years(m.random.IntN(most) - 1)
}

// ofYears finds numbers of years.
var ofYears = regexp.MustCompile(`(?i)\b(\d{1,2})(?:(\s*(?:-|–|to)\s*)(\d{1,2}))?(\s*\+?\s*(?:yrs?|years?)\b)`)

// inField changes all numbers of a field that speaks of years.
func (y years) inField(s string) string {
	if !ofYears.MatchString(s) {
		return s
	}
	return y.in(s)
}

// in changes the numbers of years in a text.
func (y years) in(s string) string {
	if y == 0 || !strings.ContainsAny(s, "Yy") {
		return s
	}
	more := func(text string) string {
		if text == "" {
			return ""
		}
		return strconv.Itoa(max(0, int(number(text))+int(y)))
	}
	return ofYears.ReplaceAllStringFunc(s, func(found string) string {
		parts := ofYears.FindStringSubmatch(found)
		return more(parts[1]) + parts[2] + more(parts[3]) + parts[4]
	})
}
