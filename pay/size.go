package pay

import "jobsieve/job"

// noMoney says why a figure can be no money, whatever stands beside it; empty where
// it can.
func (s *scan) noMoney(e *expression) string {
	a := &e.lo
	switch {
	case a.onlyWords():
		return "number words without a unit"
	case a.bare() && !a.grouped && e.value() < smallest && !s.hourly(e):
		return "a small number without unit or currency"
	case e.value() <= 0:
		return "zero"
	case e.after.counted && (e.before.pay != 0 || s.doc.Is(e.first-1, "of")) && e.after.period == "" && a.period == "":
		return "it counts what follows"
	}
	return ""
}

// hourly reports a small bare figure that a text states for an hour.
func (s *scan) hourly(e *expression) bool {
	named := e.before.pay >= 0 || e.after.pay >= 0 || e.before.given || e.after.given || s.field == job.FieldSalary
	return e.statedPeriod() == job.PerHour && e.lo.number >= leastHourly && named
}

// leastHourly is the least bare number that is believed for an hour, leastDaily for
// a day.
const (
	leastHourly = 20
	leastDaily  = 100
)

// usual reports a figure that is usual for a period, even without a sign of money.
func (e *expression) usual(p job.Period) bool {
	v := e.value()
	switch p {
	case job.PerMonth:
		return v >= 2000 && v < 1000000
	case job.PerYear:
		return v >= 30000
	case job.PerHour:
		return false
	}
	return e.after.period != "" && e.usualForShort(p)
}

// usualForShort reports a figure that is usual for a day, a week or an hour.
func (e *expression) usualForShort(p job.Period) bool {
	v := e.value()
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
	named := e.before.pay == 0 || e.after.pay == 0
	switch {
	case !named && e.ofYears():
		return "looks like a calendar year"
	case s.tooMuch(e):
		return "too much for pay"
	case s.foreign(e): // what is too little there isn't known
	case named && e.lo.currency != "" && e.statedPeriod() != "": // as it says, whatever the size
	case e.tooLittle():
		return "too little for pay"
	case !named && s.field != job.FieldSalary && e.ofPlace():
		return "looks like a PIN code"
	}
	return ""
}

// millions is a unit that pay in other currencies isn't given in.
const millions = 1e6

// foreign reports money that isn't of the market.
func (s *scan) foreign(e *expression) bool {
	return e.lo.currency != "" && e.lo.currency != s.market.Currency
}

// tooMuch reports crores that nobody earns, and millions of other money, which only
// a field for pay may state.
func (s *scan) tooMuch(e *expression) bool {
	if s.foreign(e) {
		return e.hi.unit >= millions && s.field != job.FieldSalary
	}
	return e.lo.unit >= job.Crore && e.value() > 2*s.market.Most
}

// bare reports whether nothing but digits suggests that either side is money.
func (e *expression) bare() bool { return e.lo.bare() && e.hi.bare() }

// ofYears reports "2025", "2024 - 2025".
func (e *expression) ofYears() bool {
	return e.bare() && !e.lo.grouped && e.lo.number >= firstYear && e.hi.number <= lastYear
}

// tooLittle reports a figure without a unit that nobody is paid for its period; a
// month is meant where none is stated.
func (e *expression) tooLittle() bool {
	v := e.value()
	switch e.statedPeriod() {
	case "", job.PerMonth, job.PerYear:
		return e.lo.unit == 1 && e.hi.unit == 1 && v < leastFull && !e.after.other
	case job.PerDay:
		return e.bare() && v < leastDaily
	case job.PerHour:
		return e.bare() && v < leastHourly
	}
	return false
}

// ofPlace reports six digits without any sign of money: "Mumbai 400001".
func (e *expression) ofPlace() bool {
	const least, digits = 100000, 6
	plain := e.lo.bare() && !e.lo.grouped && e.lo.digits == digits
	return plain && !e.isRange && e.value() >= least && e.statedPeriod() == ""
}
