package job

import (
	"fmt"
	"strconv"
	"strings"
)

// PayKind says what a text states about pay.
type PayKind string

// The kinds of pay statement.
const (
	PayOffer       PayKind = "offer"       // the employer states a figure
	PayEstimate    PayKind = "estimate"    // the board guesses a figure
	PayUnpaid      PayKind = "unpaid"      // the work is not paid
	PayUndisclosed PayKind = "undisclosed" // pay is spoken of, without a figure
	PayNone        PayKind = "none"        // the text says nothing about pay
)

// PayKinds lists every kind.
var PayKinds = []PayKind{PayOffer, PayEstimate, PayUnpaid, PayUndisclosed, PayNone}

// Period is the time that an amount of pay covers.
type Period string

// The periods of pay. The zero value means that none is stated or inferred.
const (
	PerHour  Period = "hour"
	PerDay   Period = "day"
	PerWeek  Period = "week"
	PerMonth Period = "month"
	PerYear  Period = "year"
)

// ParsePeriod reads a period by its name; ok is false for any other text.
func ParsePeriod(s string) (p Period, ok bool) {
	switch p = Period(s); p {
	case PerHour, PerDay, PerWeek, PerMonth, PerYear:
		return p, true
	}
	return "", false
}

// PayBasis says what an amount of pay includes.
type PayBasis string

// The bases of pay.
const (
	BasisCTC         PayBasis = "ctc"     // cost to company
	BasisInHand      PayBasis = "in_hand" // what reaches the employee
	BasisUnspecified PayBasis = "unspecified"
)

// Pay is what was read about pay: the amounts as stated, and the same amounts
// a year where they are in rupees.
type Pay struct {
	Kind PayKind `json:"kind"`
	// Min and Max are in units of Currency per Period, as stated; nil where
	// that side is not stated.
	Min *float64 `json:"min"`
	Max *float64 `json:"max"`
	// Currency is an ISO 4217 code; an unknown currency is kept as it was written.
	Currency Opt `json:"currency"`
	Period   Opt `json:"period"`
	// PeriodInferred is true where the text states no period and the size or
	// the unit of the amounts decided it.
	PeriodInferred bool     `json:"period_inferred"`
	Basis          PayBasis `json:"basis"`
	// VariablePercent is the share of the amounts that is variable, 0–100.
	VariablePercent *float64 `json:"variable_percent"`
	// Incentives is true where incentives come on top of the amounts.
	Incentives bool `json:"incentives"`
	// AnnualMin and AnnualMax are whole rupees a year; nil for other
	// currencies or where no period is known.
	AnnualMin *int64 `json:"annual_min"`
	AnnualMax *int64 `json:"annual_max"`
	// Suspect is true where the amounts cannot be a year's pay, or contradict
	// each other.
	Suspect bool `json:"suspect"`
	// Raw is the exact text that was read, from byte Start to byte End of
	// Field; all four are null where nothing was read.
	Raw   *string `json:"raw"`
	Field Opt     `json:"field"`
	Start *int    `json:"start"`
	End   *int    `json:"end"`
}

// Stated reports whether the text says anything about pay that decides a
// posting's pay: an amount, or that there is none.
func (p *Pay) Stated() bool {
	return p.Kind == PayOffer || p.Kind == PayEstimate || p.Kind == PayUnpaid
}

// Countable reports whether the pay may enter pay tables: an offer in rupees
// whose amounts are believable.
func (p *Pay) Countable() bool {
	known := p.AnnualMin != nil || p.AnnualMax != nil
	return p.Kind == PayOffer && string(p.Currency) == India.Currency && !p.Suspect && known
}

// Grouped writes an amount with Indian grouping: 2,50,000.
func Grouped(v float64) string {
	whole := strconv.FormatInt(int64(v), 10)
	frac := ""
	if v != float64(int64(v)) {
		frac = strings.TrimPrefix(fmt.Sprintf("%.2f", v-float64(int64(v))), "0")
	}
	if len(whole) <= 3 {
		return whole + frac
	}
	head, tail := whole[:len(whole)-3], whole[len(whole)-3:]
	for len(head) > 2 {
		tail = head[len(head)-2:] + "," + tail
		head = head[:len(head)-2]
	}
	return head + "," + tail + frac
}

// Brief gives the amounts in a few words, "₹12,000–15,000 a month"; nothing where
// none are stated.
func (p *Pay) Brief() string {
	if p.Min == nil && p.Max == nil {
		return ""
	}
	unit := string(p.Currency) + " "
	if string(p.Currency) == India.Currency {
		unit = India.Sign
	}
	s := unit
	switch {
	case p.Min == nil:
		s = "up to " + unit + Grouped(*p.Max)
	case p.Max == nil:
		s = "from " + unit + Grouped(*p.Min)
	case *p.Min == *p.Max:
		s += Grouped(*p.Min)
	default:
		s += Grouped(*p.Min) + "–" + Grouped(*p.Max)
	}
	if p.Period != "" {
		s += " a " + string(p.Period)
	}
	return strings.Replace(s, " a hour", " an hour", 1)
}
