package pay

import (
	"jobsieve/job"
)

// threshold is the score from which a figure is taken for pay.
var threshold = map[job.Field]int{job.FieldSalary: 1, job.FieldTitle: 4, job.FieldDescription: 5}

func (s *scan) threshold() int {
	if t, ok := threshold[s.field]; ok {
		return t
	}
	return threshold[job.FieldDescription]
}

// judge scores a candidate by what stands in it and around it.
func (s *scan) judge(c *candidate) {
	a := &c.lo
	if a.words && a.unit == 1 && !a.marked && a.currency == "" {
		c.add(-20, "number words without a unit")
	}
	if a.bare() && !a.grouped && c.hi.value() < 100 {
		c.add(-20, "a small number without unit or currency")
	}
	s.judgeForm(c)
	s.judgeWords(c)
	s.judgeSize(c)
}

// judgeForm scores how the figure is written.
func (s *scan) judgeForm(c *candidate) {
	a := &c.lo
	switch {
	case a.period != "":
		c.add(6, "LPA")
	case a.unit >= lakh || c.hi.unit >= lakh:
		c.add(1, "lakh or crore")
	}
	if a.currency != "" {
		c.add(2, "currency "+a.currency)
	}
	if a.marked {
		c.add(2, "written as money")
	}
	if a.tail != 0 || c.hi.tail != 0 {
		c.add(5, "pay word joined to it")
	}
	if s.field == job.FieldSalary {
		c.add(5, "salary field")
	}
	if s.field == job.FieldTitle && a.unit == thousand && c.hi.value() >= 6000 && c.hi.value() <= 200000 {
		c.add(4, "thousands in a title")
	}
	if s.field == job.FieldTitle && a.currency != "" && c.hi.value() >= 3000 {
		c.add(2, "money in a title")
	}
}

// judgeWords scores the words around it.
func (s *scan) judgeWords(c *candidate) {
	a, b, f := &c.lo, &c.before, &c.after
	switch {
	case b.pay == 0:
		c.add(6, "pay word before")
	case b.pay == 1:
		c.add(4, "pay word before, a word between")
	case b.pay > 1 && !c.lo.bare():
		c.add(3, "pay word before, some words between")
	}
	if f.pay == 0 {
		c.add(5, "pay word after")
	}
	if p := c.statedPeriod(); p != "" && c.lo.period == "" {
		s.judgePeriod(c, p)
	}
	if b.upto || b.from || f.from || f.upto {
		c.add(1, "at most, at least")
	}
	if f.given {
		c.add(2, "what one will get")
	}
	if f.perk {
		c.add(5, "a perk joined to it")
	}
	if b.notPay > 0 {
		c.add(-3*b.notPay, "other money before")
	}
	if f.notPay > 0 {
		c.add(-7, "other money after")
	}
	if f.piece {
		c.add(-20, "by the piece")
	}
	if f.noun && c.lo.period == "" {
		c.add(-9, "counts something")
	}
	if c.isRange && a.currency != "" && a.unit < lakh {
		c.add(3, "a range of money")
	}
	if (b.extra || f.extra && !c.isRange) && b.pay != 0 && c.lo.period == "" {
		c.add(-6, "incentives only")
	}
	if b.avg && s.field != job.FieldSalary {
		c.add(-6, "an average")
	}
}

func (s *scan) judgePeriod(c *candidate, p job.Period) {
	v := c.hi.value()
	onlyBefore := c.lo.period == "" && c.after.period == "" && !c.before.direct
	switch {
	case onlyBefore && c.before.pay < 0:
		c.add(2, "per "+string(p)+" before")
	case !c.lo.bare() || c.lo.grouped:
		c.add(5, "per "+string(p))
	case p == job.PerMonth && v >= 2000 && v < 1000000, p == job.PerYear && v >= 30000:
		c.add(5, "per "+string(p))
	case p == job.PerDay && c.after.period != "" && v >= 150 && v <= 5000:
		c.add(5, "per day")
	case c.before.direct && (p == job.PerDay && v >= 150 && v <= 5000 || p == job.PerWeek && v >= 700 && v <= 50000):
		c.add(5, "per "+string(p))
	case p == job.PerDay && v >= 150 && v <= 5000:
		c.add(2, "per day")
	default:
		c.add(1, "per "+string(p))
	}
}

// judgeSize speaks against figures that pay does not have.
func (s *scan) judgeSize(c *candidate) {
	v, p := c.hi.value(), c.statedPeriod()
	inr := c.lo.currency == "" || c.lo.currency == "INR"
	if v <= 0 {
		c.add(-20, "zero")
	}
	if isYear(c) {
		c.add(-8, "looks like a calendar year")
	}
	if !inr {
		return
	}
	switch {
	case c.lo.unit >= crore && v > 10*crore:
		c.add(-6, "too much for pay")
	case c.lo.unit == 1 && c.hi.unit == 1 && v < 1000 && (p == "" || p == job.PerMonth || p == job.PerYear):
		c.add(-8, "too little for pay")
	case c.lo.bare() && p == job.PerHour && v < 20, c.lo.bare() && p == job.PerDay && v < 100:
		c.add(-8, "too little for pay")
	case c.lo.bare() && !c.lo.grouped && s.field != job.FieldSalary && v >= 100000 && c.lo.digits == 6 && !c.isRange && c.before.pay != 0:
		c.add(-6, "looks like a PIN code")
	}
}

// isYear reports a bare number such as 2024.
func isYear(c *candidate) bool {
	year := func(a *amount) bool { return a.bare() && !a.grouped && a.number >= 1990 && a.number <= 2040 }
	return year(&c.lo) && year(&c.hi) && c.before.pay != 0
}

// statedPeriod is the period that the text states for the candidate.
func (c *candidate) statedPeriod() job.Period {
	for _, p := range []job.Period{c.lo.period, c.after.period, c.before.period} {
		if p != "" {
			return p
		}
	}
	return ""
}
