package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

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

// sound refuses what isn't an amount of money: clock times, dates, percentages,
// numbers with a hyphenated name, telephone numbers, cut-off figures.
func (a *amount) sound(d *text.Doc) bool {
	switch {
	case a.onlyWords():
		return true // may be one side of a range; alone it is refused later
	case isAny(d, a.end, "%", "percent", "प्रतिशत"):
		return false
	case d.Is(a.end, ":") && gluedNumber(d, a.end+1): // "10:30"
		return false
	case a.currency == "" && a.afterNumber(d):
		return false
	case a.bare() && a.countsOrDates(d):
		return false
	}
	return !a.cutOff(d)
}

// onlyWords reports number words that nothing shows to be money: "पाँच".
func (a *amount) onlyWords() bool {
	return a.words && a.unit == 1 && !a.marked && a.currency == ""
}

// countsOrDates reports a bare figure that is of a date, a telephone number or a
// number that identifies something.
func (a *amount) countsOrDates(d *text.Doc) bool {
	const most = 7 // digits of a figure without grouping commas
	dated := d.Is(a.end, "/") && gluedNumber(d, a.end+1) && !a.payOverPay(d)
	return dated || a.digits > most && !a.grouped || a.beginsDate(d) || a.ofTelephone(d)
}

// beginsDate reports the year of "2025-04-26".
func (a *amount) beginsDate(d *text.Doc) bool {
	return a.digits == 4 && a.number >= firstYear && a.number <= lastYear &&
		d.Is(a.end, "-") && gluedNumber(d, a.end+1)
}

// The calendar years that postings speak of.
const (
	firstYear = 1990
	lastYear  = 2040
)

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

// overDates is more than the numbers that dates are written with.
const overDates = 5000

// payOverPay reports "15000/18000", which is no date.
func (a *amount) payOverPay(d *text.Doc) bool {
	return a.number >= overDates && parseNumber(d.Tokens[a.end+1].Norm) >= overDates
}

// afterNumber reports a figure that goes on after another: "10:30", "05/11/2026".
func (a *amount) afterNumber(d *text.Doc) bool {
	i := a.first
	if !glued(d, i) || !glued(d, i-1) || !d.IsKind(i-2, text.Number) {
		return false
	}
	switch d.Tokens[i-1].Norm {
	case ":", ".", ",", "#":
		return true
	case "/":
		return a.number < overDates || parseNumber(d.Tokens[i-2].Norm) < overDates
	}
	return false
}

// cutOff reports figures whose end is missing: "Salary upto 250...", "2,40,0".
func (a *amount) cutOff(d *text.Doc) bool {
	if a.unit != 1 || a.marked || a.end > a.first && d.Tokens[a.end-1].Kind != text.Number {
		return false
	}
	dots := d.Is(a.end, "…") || d.Is(a.end, ".") && d.Is(a.end+1, ".")
	if dots && (glued(d, a.end) || a.number < 1000) { // "upto 5 ...": the dots may stand apart
		return true
	}
	if !d.Is(a.end, ",") {
		return false
	}
	return a.end+1 == len(d.Tokens) || glued(d, a.end) && gluedNumber(d, a.end+1)
}
