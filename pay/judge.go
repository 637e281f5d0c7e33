package pay

import (
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// role is what a statement's money is.
type role string

// The roles of money in a posting.
const (
	rolePay       role = "what this job pays"
	roleVariable  role = "the variable part of pay"
	roleApplicant role = "what the applicant earns"
	roleLaw       role = "a law's or a scheme's"
	roleOther     role = "a benefit"
	roleOnce      role = "a bonus"
	roleRefer     role = "a reward for bringing others"
	roleRise      role = "a rise of pay"
	roleTaken     role = "what the applicant pays"
	roleFirm      role = "the employer's or its clients' money"
	roleCount     role = "a count"
	roleNone      role = "nothing says that it is pay"
)

// roleOf gives the role of a word for other money; of several meanings the first.
func roleOf(money cue) role {
	for _, m := range []struct {
		cue  cue
		role role
	}{
		{cueApplicant, roleApplicant}, {cueTaken, roleTaken}, {cueVariable, roleVariable}, {cueRise, roleRise}, {cueRefer, roleRefer}, {cueOnce, roleOnce},
		{cueLaw, roleLaw}, {cueOther, roleOther}, {cueFirm, roleFirm},
	} {
		if money&m.cue != 0 {
			return m.role
		}
	}
	return roleNone
}

// judge says whose money an expression is, and why.
func (s *scan) judge(e *expression) {
	e.strong = false
	if e.why = s.noMoney(e); e.why != "" {
		e.role = roleCount
		return
	}
	e.role, e.why, e.strong = s.roleByWords(e)
	if e.role != rolePay {
		return
	}
	if why := s.unlikely(e); why != "" {
		e.role, e.why = roleCount, why
	}
}

// noMoney says why a figure can be no money, whatever stands beside it; empty where
// it can.
func (s *scan) noMoney(e *expression) string {
	a := &e.lo
	switch {
	case a.words && a.unit == 1 && !a.marked && a.currency == "":
		return "number words without a unit"
	case a.bare() && !a.grouped && e.hi.value() < smallest && !s.hourly(e):
		return "a small number without unit or currency"
	case e.hi.value() <= 0:
		return "zero"
	case e.after.counted && e.before.pay != 0 && e.after.period == "" && e.lo.period == "":
		return "it counts what follows"
	}
	return ""
}

// hourly reports a small bare figure that a text states for an hour.
func (s *scan) hourly(e *expression) bool {
	named := e.before.pay >= 0 || e.after.pay >= 0 || e.before.given || e.after.given || s.field == job.FieldSalary
	return e.statedPeriod() == job.PerHour && e.lo.number >= leastHourly && named
}

// leastHourly is the least bare number that is believed for an hour.
const leastHourly = 20

// roleByWords reads the role from the words around the figure.
func (s *scan) roleByWords(e *expression) (role, string, bool) {
	b, f := &e.before, &e.after
	if b.less && b.pay >= 0 {
		return roleLaw, "a limit of pay", false
	}
	if b.money == cueTaken && f.given && e.statedPeriod() != "" {
		return rolePay, "a fee that one will get", true
	}
	if b.veto != 0 && !(f.pay == 0 && b.pay > 0) && !(b.basis == cueInHand && b.veto&(cueLaw|cueTaken) == b.veto) {
		return roleOf(b.veto), "the clause is about that", false
	}
	if b.money != 0 && b.pay < 0 && !(f.pay == 0 && b.gap > 0 && b.money&(cueApplicant|cueTaken|cueLaw|cueRefer) == 0) && b.gap <= s.moneyReach() {
		return roleOf(b.money), "a word before it", false
	}
	if f.money&cueVariable != 0 && f.gap == 0 && s.joinedTo(e.lo.first) && !e.isRange {
		return roleVariable, "joined to another figure", false
	}
	if b.pay >= 0 && (b.pay <= 1 || b.pay <= maxNear && f.money&^(cueVariable|cueOnce|cueOther|cuePerk) == 0 && f.money != 0) {
		if f.money&(cueApplicant|cueLaw|cueRise|cueTaken) != 0 && f.gap == 0 && f.pay < 0 {
			return roleOf(f.money), "a word after it", false
		}
		return rolePay, "a word for pay before it", true
	}
	if f.money != 0 && f.pay < 0 && !f.perk && !s.looseVariable(e) {
		return roleOf(f.money), "a word after it", false
	}
	if f.pay >= 0 && f.money&(cueApplicant|cueLaw|cueFirm) == 0 {
		return rolePay, "a word for pay after it", true
	}
	return s.roleByEvidence(e)
}

// looseVariable reports "3.5 LPA - 6 LPA (Incentives)", "₹4 LPA Attractive
// Incentives": a range or a yearly figure is more than the variable part.
func (s *scan) looseVariable(e *expression) bool {
	return e.after.money&cueVariable != 0 && (e.isRange || e.lo.period != "" || s.field != job.FieldDescription && e.after.gap > 0)
}

// moneyReach is the most words between a figure and a word for other money that
// still claims it.
func (s *scan) moneyReach() int {
	switch s.field {
	case job.FieldTitle:
		return 0 // its other words name the work: "Payments"
	case job.FieldSalary:
		return 1
	}
	return maxNear + 1
}

// roleByEvidence looks for what else shows that a figure is pay.
func (s *scan) roleByEvidence(e *expression) (role, string, bool) {
	b, f := &e.before, &e.after
	moneyLike := !e.lo.bare() || !e.hi.bare() || e.lo.grouped
	p := e.statedPeriod()
	switch {
	case s.field == job.FieldSalary:
		return rolePay, "the field is for pay", true
	case b.average:
		return roleNone, "an average", false
	case e.lo.tail.cue != 0 || e.hi.tail.cue != 0:
		return rolePay, "a word for pay joined to it", true
	case f.perk && (moneyLike || e.hi.value() >= 1000):
		return rolePay, "a perk joined to it", true
	case e.lo.period != "" || e.hi.period != "":
		return rolePay, "LPA", true
	case b.pay >= 0 && (b.pay <= maxNear || moneyLike && p != ""):
		return rolePay, "a word for pay before it, words between", moneyLike || e.hi.value() >= 1000 && b.pay <= maxNear
	case f.named && e.lo.currency == "" && f.period == "" && e.lo.period == "":
		return roleNone, "a word follows that is not of pay", false
	case b.direct && b.period == p && s.daily(e, p):
		return rolePay, "per " + string(p), true
	case p != "" && (b.period == "" || f.period != "" || b.direct) && (moneyLike || s.usual(e, p)):
		return rolePay, "per " + string(p), true
	case e.isRange && e.lo.currency != "" && (f.money&cueVariable != 0 || s.doc.Is(e.first-1, ":")) && s.usual(e, job.PerMonth):
		return rolePay, "a range of money", false
	case (f.given || b.given) && (moneyLike && e.hi.value() >= 1000 || s.usual(e, job.PerMonth) && e.hi.value() >= 5000 || s.daily(e, p)):
		return rolePay, "what one will get", true
	case f.other && b.given && moneyLike:
		return rolePay, "what one will get", true
	}
	return s.roleInTitle(e)
}

// roleInTitle takes a title's money for pay: titles speak of no other.
func (s *scan) roleInTitle(e *expression) (role, string, bool) {
	v := e.hi.value()
	if s.field != job.FieldTitle {
		return roleNone, string(roleNone), false
	}
	switch {
	case e.after.other && e.lo.currency != "":
		return rolePay, "money for a period in a title", false
	case e.hi.unit == job.Thousand && v <= 200000 && (v >= 10000 || v >= 6000 && s.setApart(e)):
		return rolePay, "thousands in a title", false
	case e.lo.currency != "" && v >= 3000:
		return rolePay, "money in a title", false
	case (e.hi.unit == job.Lakh || e.hi.unit == job.Crore) && e.lo.number > 0 && (e.before.upto || e.isRange):
		return rolePay, "lakhs in a title", false
	case e.isRange && e.lo.value() >= 5000 && v <= 200000 && v >= 8000 && !e.lo.words:
		return rolePay, "a range of money in a title", false
	}
	return roleNone, string(roleNone), false
}

// setApart reports a figure of a title with a sign, a bound or nothing before it:
// "Nexus 9K" is a name.
func (s *scan) setApart(e *expression) bool {
	return e.first == 0 || s.doc.Tokens[e.first-1].Kind != text.Word || e.before.upto || e.before.pay >= 0
}

// usual reports a bare figure that is usual for a period.
func (s *scan) usual(e *expression, p job.Period) bool {
	v := e.hi.value()
	switch p {
	case job.PerMonth:
		return v >= 2000 && v < 1000000
	case job.PerYear:
		return v >= 30000
	}
	return p != job.PerHour && e.after.period != "" && s.daily(e, p)
}

// daily reports a figure that is usual for a day, a week or an hour.
func (s *scan) daily(e *expression, p job.Period) bool {
	v := e.hi.value()
	switch p {
	case job.PerDay:
		return v >= 150 && v <= 5000
	case job.PerWeek:
		return v >= 700 && v <= 50000
	case job.PerHour:
		return v >= 40 && v <= 3000
	}
	return false
}

// unlikely says why a figure can't be pay by its size; empty where it can.
func (s *scan) unlikely(e *expression) string {
	v, p := e.hi.value(), e.statedPeriod()
	named := e.before.pay == 0 || e.after.pay == 0
	if e.hi.bare() && e.lo.bare() && !e.lo.grouped && !named && e.lo.number >= 1990 && e.hi.number <= 2040 {
		return "looks like a calendar year"
	}
	if e.lo.currency != "" && e.lo.currency != s.market.Currency {
		if e.hi.unit >= millions && s.field != job.FieldSalary {
			return "too much for pay"
		}
		return ""
	}
	bare := e.lo.bare() && e.hi.bare()
	switch {
	case e.lo.unit >= job.Crore && v > 2*s.market.Most:
		return "too much for pay"
	case named && e.lo.currency != "" && p != "":
	case e.lo.unit == 1 && e.hi.unit == 1 && v < 1000 && !e.after.other && (p == "" || p == job.PerMonth || p == job.PerYear):
		return "too little for pay"
	case bare && p == job.PerHour && v < 20, bare && p == job.PerDay && v < 100:
		return "too little for pay"
	case s.field != job.FieldSalary && !e.isRange && !named && e.lo.bare() && !e.lo.grouped && v >= 100000 && e.lo.digits == 6 && e.statedPeriod() == "":
		return "looks like a PIN code"
	}
	return ""
}

// millions is a unit that pay in other currencies isn't given in.
const millions = 1e6

// statedPeriod is the period that the text states for an expression.
func (e *expression) statedPeriod() job.Period {
	stated := [...]job.Period{
		e.lo.tail.period, e.hi.tail.period, e.lo.period, e.inside.period, e.after.period, e.before.period,
	}
	for _, p := range stated {
		if p != "" {
			return p
		}
	}
	return ""
}

// explain tells an expression's role.
func (e *expression) explain() string {
	parts := []string{string(e.role)}
	if e.why != string(e.role) {
		parts = append(parts, e.why)
	}
	return strings.Join(parts, ": ")
}
