package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// Figures by which money is told from other numbers.
const (
	leastFull = 1000 // of money without a unit
	leastGot  = 5000 // of a bare figure that is what one will get
)

// evidence is what else speaks for pay, or against it, where no word beside the
// figure names its role; the first that holds decides.
var evidence = []struct {
	holds func(*scan, *expression) bool
	verdict
}{
	{inSalaryField, verdict{rolePay, "the field is for pay", true}},
	{isAverage, verdict{roleNone, "an average", false}},
	{payOnUnit, verdict{rolePay, "a word for pay joined to it", true}},
	{perkJoined, verdict{rolePay, "a perk joined to it", true}},
	{yearInUnit, verdict{rolePay, "LPA", true}},
	{payFartherOfMoney, verdict{rolePay, "a word for pay before it, words between", true}},
	{payFarther, verdict{rolePay, "a word for pay before it, words between", false}},
	{ofSomethingNamed, verdict{roleNone, "a word follows that is not of pay", false}},
	{periodBeside, verdict{rolePay, whyPeriod, true}},
	{periodOfMoney, verdict{rolePay, whyPeriod, true}},
	{rangeOfMoney, verdict{rolePay, "a range of money", false}},
	{isGiven, verdict{rolePay, "what one will get", true}},
	{givenForPiece, verdict{rolePay, "what one will get", true}},
}

// roleByEvidence looks for what else shows that a figure is pay.
func (s *scan) roleByEvidence(e *expression) verdict {
	for i := range evidence {
		if evidence[i].holds(s, e) {
			return evidence[i].verdict
		}
	}
	if s.field == job.FieldTitle {
		if why := s.payInTitle(e); why != "" {
			return verdict{rolePay, why, false}
		}
	}
	return verdict{roleNone, string(roleNone), false}
}

// value is the figure, or the upper side of a range.
func (e *expression) value() float64 { return e.hi.value() }

// moneyLike reports a figure that is written as money is: with a unit, a currency,
// a mark, or commas between its groups.
func (e *expression) moneyLike() bool { return !e.lo.bare() || !e.hi.bare() || e.lo.grouped }

func inSalaryField(s *scan, _ *expression) bool { return s.field == job.FieldSalary }

// isAverage finds "on average 20,000": a board's guess.
func isAverage(_ *scan, e *expression) bool { return e.before.average }

// payOnUnit finds "37kctc".
func payOnUnit(_ *scan, e *expression) bool { return e.lo.tail.cue != 0 || e.hi.tail.cue != 0 }

// perkJoined finds "15,000 + food and stay".
func perkJoined(_ *scan, e *expression) bool {
	return e.after.perk && (e.moneyLike() || e.value() >= leastFull)
}

// yearInUnit finds "4 LPA".
func yearInUnit(_ *scan, e *expression) bool { return e.lo.period != "" || e.hi.period != "" }

// payFarther finds a word for pay a few words before the figure, or any farther
// before money for a period.
func payFarther(_ *scan, e *expression) bool {
	pay := e.before.pay
	return pay >= 0 && (pay <= maxNear || e.moneyLike() && e.statedPeriod() != "")
}

// payFartherOfMoney is payFarther where the figure is of the size or the form of
// money.
func payFartherOfMoney(s *scan, e *expression) bool {
	return (e.moneyLike() || e.value() >= leastFull) && payFarther(s, e)
}

// ofSomethingNamed finds "5000 subscribers": a word of no list says what the figure
// counts.
func ofSomethingNamed(_ *scan, e *expression) bool {
	return e.after.named && e.lo.currency == "" && e.after.period == "" && e.lo.period == ""
}

// periodBeside finds "daily 450", of the usual size for that period.
func periodBeside(_ *scan, e *expression) bool {
	p := e.statedPeriod()
	return e.before.direct && e.before.period == p && e.usualForShort(p)
}

// periodOfMoney finds "20,000 per month"; a period before the figure must be beside
// it.
func periodOfMoney(_ *scan, e *expression) bool {
	p, b := e.statedPeriod(), &e.before
	beside := b.period == "" || e.after.period != "" || b.direct
	return p != "" && beside && (e.moneyLike() || e.usual(p))
}

// rangeOfMoney finds ": ₹15,000 - ₹20,000", or such a range with a variable part
// behind it.
func rangeOfMoney(s *scan, e *expression) bool {
	shown := e.after.money&cueVariable != 0 || s.doc.Is(e.first-1, ":")
	return e.isRange && e.lo.currency != "" && shown && e.usual(job.PerMonth)
}

// isGiven finds "you will get 15,000", of the form or the size of money.
func isGiven(_ *scan, e *expression) bool {
	if !e.after.given && !e.before.given {
		return false
	}
	v := e.value()
	monthly := v >= leastGot && e.usual(job.PerMonth)
	return e.moneyLike() && v >= leastFull || monthly || e.usualForShort(e.statedPeriod())
}

// givenForPiece finds "get ₹50 per delivery".
func givenForPiece(_ *scan, e *expression) bool {
	return e.after.other && e.before.given && e.moneyLike()
}

// payInTitle says why a title's money is pay: titles speak of no other. Empty where
// the figure isn't shown to be money.
func (s *scan) payInTitle(e *expression) string {
	const least = 3000 // of money in full
	lakhs := e.hi.unit == job.Lakh || e.hi.unit == job.Crore
	switch {
	case e.after.other && e.lo.currency != "":
		return "money for a period in a title"
	case s.thousandsInTitle(e):
		return "thousands in a title"
	case e.lo.currency != "" && e.value() >= least:
		return "money in a title"
	case lakhs && e.lo.number > 0 && (e.before.upto || e.isRange):
		return "lakhs in a title"
	case e.rangeInTitle():
		return "a range of money in a title"
	}
	return ""
}

// mostInTitle is the most that a title's thousands, or a range without any sign of
// money, are believed for a month.
const mostInTitle = 200000

// thousandsInTitle reports "15k"; of fewer thousands, "9K", only those that are set
// apart.
func (s *scan) thousandsInTitle(e *expression) bool {
	const sure, least = 10000, 6000
	v := e.value()
	return e.hi.unit == job.Thousand && v <= mostInTitle && (v >= sure || v >= least && s.setApart(e))
}

// rangeInTitle reports "15000-20000".
func (e *expression) rangeInTitle() bool {
	const leastLow, leastHigh = 5000, 8000
	v := e.value()
	return e.isRange && !e.lo.words && e.lo.value() >= leastLow && v >= leastHigh && v <= mostInTitle
}

// setApart reports a figure of a title with a sign, a bound or nothing before it:
// "Nexus 9K" is a name.
func (s *scan) setApart(e *expression) bool {
	return e.first == 0 || s.doc.Tokens[e.first-1].Kind != text.Word || e.before.upto || e.before.pay >= 0
}
