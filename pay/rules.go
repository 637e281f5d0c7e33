package pay

import "jobsieve/job"

// wordRules are the ways in which words beside a figure decide its role; the first
// that applies does.
var wordRules = []func(*scan, *expression) verdict{
	limitOfPay,
	feeThatOneGets,
	aboutOtherMoney,
	otherMoneyBefore,
	variableJoined,
	payBefore,
	otherMoneyAfter,
	payAfter,
}

// limitOfPay finds "salary below 21,000": whom a law or a scheme is for.
func limitOfPay(_ *scan, e *expression) verdict {
	if e.before.less && e.before.pay >= 0 {
		return verdict{roleLaw, "a limit of pay", false}
	}
	return verdict{}
}

// feeThatOneGets finds "you will get a fee of 500 per session", which is pay.
func feeThatOneGets(_ *scan, e *expression) verdict {
	if e.before.money == cueTaken && e.after.given && e.statedPeriod() != "" {
		return verdict{rolePay, "a fee that one will get", true}
	}
	return verdict{}
}

// aboutOtherMoney finds a clause that is about other money although it names pay
// too: "ESIC for salary of 21,000".
func aboutOtherMoney(_ *scan, e *expression) verdict {
	b := &e.before
	payBehind := e.after.pay == 0 && b.pay > 0
	afterDeductions := b.basis == cueInHand && b.veto&(cueLaw|cueTaken) == b.veto // "PF deducted, in hand 15,000"
	if b.veto == 0 || payBehind || afterDeductions {
		return verdict{}
	}
	return verdict{roleOf(b.veto), "the clause is about that", false}
}

// otherMoneyBefore finds "Bonus: 5,000". A word for pay right behind the figure
// outweighs a word that isn't beside it.
func otherMoneyBefore(s *scan, e *expression) verdict {
	const stays = cueApplicant | cueTaken | cueLaw | cueRefer // is never outweighed
	b := &e.before
	outweighed := e.after.pay == 0 && b.gap > 0 && b.money&stays == 0
	if b.money == 0 || b.pay >= 0 || b.gap > s.moneyReach() || outweighed {
		return verdict{}
	}
	return verdict{roleOf(b.money), "a word before it", false}
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

// variableJoined finds the second figure of "15,000 + 5,000 incentives".
func variableJoined(s *scan, e *expression) verdict {
	f := &e.after
	if f.money&cueVariable != 0 && f.gap == 0 && !e.isRange && s.joinedTo(e.lo.first) {
		return verdict{roleVariable, "joined to another figure", false}
	}
	return verdict{}
}

// payBefore finds "Salary: 20,000", also with a few words between where what comes
// with pay follows, "salary for freshers is 20,000 + incentives"; and "salary 20%
// raise", where a word right behind the figure says that it is other money.
func payBefore(_ *scan, e *expression) verdict {
	const besides = cueVariable | cueOnce | cueOther
	b, f := &e.before, &e.after
	extras := f.money != 0 && f.money&^besides == 0
	if b.pay < 0 || b.pay > 1 && (b.pay > maxNear || !extras) {
		return verdict{}
	}
	if f.money&(cueApplicant|cueLaw|cueRise|cueTaken) != 0 && f.gap == 0 && f.pay < 0 {
		return verdict{roleOf(f.money), "a word after it", false}
	}
	return verdict{rolePay, "a word for pay before it", true}
}

// otherMoneyAfter finds "5,000 joining bonus".
func otherMoneyAfter(s *scan, e *expression) verdict {
	f := &e.after
	if f.money == 0 || f.pay >= 0 || f.perk || s.looseVariable(e) {
		return verdict{}
	}
	return verdict{roleOf(f.money), "a word after it", false}
}

// looseVariable reports "3.5 LPA - 6 LPA (Incentives)", "₹4 LPA Attractive
// Incentives": a range or a yearly figure is more than the variable part.
func (s *scan) looseVariable(e *expression) bool {
	f := &e.after
	more := e.isRange || e.lo.period != "" || s.field != job.FieldDescription && f.gap > 0
	return f.money&cueVariable != 0 && more
}

// payAfter finds "20,000 salary".
func payAfter(_ *scan, e *expression) verdict {
	if e.after.pay >= 0 && e.after.money&(cueApplicant|cueLaw|cueFirm) == 0 {
		return verdict{rolePay, "a word for pay after it", true}
	}
	return verdict{}
}
