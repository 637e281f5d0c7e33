package ats

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jobsieve/crawler/extract"
)

// band is a range of pay as a platform states it.
type band struct {
	low, high          any
	currency, interval string
}

// The members of an object that say the parts of its pay.
var (
	lowNames      = []string{"min", "minValue", "rangeStart", "salary_from", "from", "minimum"}
	highNames     = []string{"max", "maxValue", "rangeEnd", "salary_to", "to", "maximum"}
	currencyNames = []string{"currency", "currencyCode", "salary_currency"}
	intervalNames = []string{"period", "interval", "frequency", "salary_period", "unit", "unitText", "type"}
)

// salary writes the pay that a value states: a text as it is, of an object its
// range, of a list that of all items that are alike.
func salary(v any) string {
	if s := html(v); s != "" {
		return s
	}
	var all []band
	for _, o := range list(v) {
		all = append(all, band{
			low: first(o, lowNames...), high: first(o, highNames...),
			currency: label(first(o, currencyNames...)), interval: label(first(o, intervalNames...)),
		})
	}
	return pay(all...)
}

// pay writes ranges of pay as the object that the pay reader knows. Of several the
// first that states an amount counts, widened by those of its currency and
// period: platforms give one per place or grade. It is empty where none does.
func pay(bands ...band) string {
	var whole band
	for _, b := range bands {
		unit, times := period(b.interval)
		b.low, b.high, b.interval = amount(b.low, times), amount(b.high, times), unit
		switch {
		case b.low == nil && b.high == nil:
		case whole.low == nil && whole.high == nil:
			whole = b
		case b.currency == whole.currency && b.interval == whole.interval:
			whole.low = further(whole.low, b.low, func(have, found float64) bool { return found < have })
			whole.high = further(whole.high, b.high, func(have, found float64) bool { return found > have })
		}
	}
	return extract.PayObject(whole.low, whole.high, strings.ToUpper(whole.currency), whole.interval)
}

// further gives the amount that reaches further; nil is unbounded.
func further(have, found any, better func(have, found float64) bool) any {
	a, okA := have.(json.Number)
	b, okB := found.(json.Number)
	if !okA || !okB {
		return have
	}
	x, errX := a.Float64()
	y, errY := b.Float64()
	if errX == nil && errY == nil && better(x, y) {
		return found
	}
	return have
}

// plainAmount is an amount in a text that is nothing else.
var plainAmount = regexp.MustCompile(`^[0-9]+(?:\.[0-9]{1,2})?$`)

// amount gives an amount of pay times a factor: a number, a text with one, or an
// object with it. What is not above zero is nil.
func amount(v any, times float64) any {
	switch v := v.(type) {
	case object:
		return amount(first(v, "amount", "value"), times)
	case string:
		s := strings.TrimSpace(v)
		if plainAmount.MatchString(s) {
			return amount(json.Number(s), times)
		}
		if times == 1 && strings.ContainsAny(s, "123456789") {
			return s // such as "₹ 2,40,000", for the pay reader
		}
	case json.Number:
		f, err := v.Float64()
		if err != nil || f <= 0 {
			return nil
		}
		if times == 1 {
			return json.Number(digits(v))
		}
		return json.Number(strconv.FormatFloat(f*times, 'f', -1, 64))
	}
	return nil
}

// span is a unit of time that the pay reader knows, and how many of what a platform
// names it has.
type span struct {
	unit  string
	times float64
}

// periods are the words of platforms for the period of pay. Periods that the pay
// reader does not know are brought to the year, exactly.
var periods = func() map[string]span {
	m := map[string]span{}
	for words, s := range map[string]span{
		"hour, hours, hourly, hr, hrs, h, ph":                                           {"HOUR", 1},
		"day, days, daily, pd":                                                          {"DAY", 1},
		"week, weeks, weekly, pw":                                                       {"WEEK", 1},
		"month, months, monthly, mo, pm, p m":                                           {"MONTH", 1},
		"year, years, yearly, annual, annually, annum, yr, yrs, pa":                     {"YEAR", 1},
		"2 week, 2 weeks, bi week, biweek, bi weekly, biweekly":                         {"YEAR", 26},
		"fortnight, fortnightly, two weeks":                                             {"YEAR", 26},
		"0 5 month, half month, semi month, semimonth, semi monthly, semimonthly":       {"YEAR", 24},
		"2 month, 2 months":                                                             {"YEAR", 6},
		"3 month, 3 months, quarter, quarterly":                                         {"YEAR", 4},
		"6 month, 6 months, half year, half yearly, semi year, semi annual, semiannual": {"YEAR", 2},
	} {
		for word := range strings.SplitSeq(words, ", ") {
			m[word] = s
		}
	}
	return m
}()

// fillers are words beside that of a period which say nothing.
var fillers = map[string]bool{
	"per": true, "a": true, "an": true, "1": true, "one": true, "every": true, "each": true,
	"salary": true, "wage": true, "rate": true, "pay": true, "base": true, "range": true, "basis": true,
	"compensation": true,
}

// otherPeriod stands for a period that is stated but can't be used to reckon
// pay, such as once.
const otherPeriod = "OTHER"

// period reads a period as platforms write it, such as per-hour-wage, "1 YEAR", MONTHLY.
// The amounts are to be multiplied. It is empty where none is stated.
func period(s string) (unit string, times float64) {
	words := slices.DeleteFunc(wordsOf(s), func(w string) bool { return fillers[w] })
	if p, ok := periods[strings.Join(words, " ")]; ok {
		return p.unit, p.times
	}
	if strings.TrimSpace(s) == "" {
		return "", 1
	}
	return otherPeriod, 1
}

// periodIn gives the one word for a period in a text, such as "Estimated hourly pay";
// empty where it has none, or more than one.
func periodIn(s string) (found string) {
	words := wordsOf(s)
	for i := 0; i < len(words); i++ {
		word := words[i]
		if i+1 < len(words) {
			if _, ok := periods[word+" "+words[i+1]]; ok {
				i++
				word += " " + words[i]
			}
		}
		p, ok := periods[word]
		if ok && found != "" && periods[found] != p {
			return ""
		}
		if ok {
			found = word
		}
	}
	return found
}

func wordsOf(s string) []string { return strings.Fields(spaced(s)) }
