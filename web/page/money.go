package page

import (
	"jobsieve/indexer"
	"jobsieve/job"
)

// money is pay as a card shows it.
type money struct {
	// Stated is what the posting says, Year the same a year; empty where there is none,
	// or where it is a year's already.
	Stated, Year string
	// Known says that an amount is stated.
	Known bool
}

// moneyOf tells of the pay of a document.
func (w *words) moneyOf(s *indexer.Stated) money {
	amounts := w.amounts(s.PayCurrency, s.PayPeriod, s.PayMin, s.PayMax)
	switch {
	case s.PayKind == string(job.PayUnpaid):
		return money{Stated: w.T("pay.unpaid")}
	case amounts == "" && s.PayKind == string(job.PayUndisclosed):
		return money{Stated: w.T("pay.undisclosed")}
	case amounts == "":
		return money{Stated: w.T("pay.not_stated")}
	}
	m := money{Stated: amounts, Known: true}
	if s.PayPeriod != string(job.PerYear) {
		m.Year = w.year(s.PayAnnualLow, s.PayAnnualHigh)
	}
	if s.PayKind == string(job.PayEstimate) {
		m.Stated = w.T("pay.estimate", m.Stated)
	}
	if s.PaySuspect {
		m.Stated = w.T("pay.suspect", m.Stated)
	}
	return m
}

// year writes amounts a year; nothing where there are none.
func (w *words) year(low, high *int64) string {
	float := func(v *int64) *float64 {
		if v == nil {
			return nil
		}
		f := float64(*v)
		return &f
	}
	amounts := w.amounts(job.India.Currency, "", float(low), float(high))
	if amounts == "" {
		return ""
	}
	return w.T("pay.as_year", amounts)
}

// amounts writes amounts of a currency for a period, either of which may be unknown;
// nothing where no amount is stated.
func (w *words) amounts(currency, period string, low, high *float64) string {
	unit := currency + " "
	if currency == job.India.Currency {
		unit = job.India.Sign
	}
	var text string
	switch {
	case low == nil && high == nil:
		return ""
	case low == nil:
		text = w.T("pay.to", unit+job.Grouped(*high))
	case high == nil:
		text = w.T("pay.from", unit+job.Grouped(*low))
	case *low == *high:
		text = unit + job.Grouped(*low)
	default:
		text = w.T("pay.range", unit+job.Grouped(*low), job.Grouped(*high))
	}
	if _, ok := job.ParsePeriod(period); ok {
		text = w.T("pay."+period, text)
	}
	return text
}
