package filter

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/pay"
)

// measure is what a condition compares as a number. Dates are counted in days, pay
// in whole rupees a year.
type measure struct {
	name string
	// params are the parameters that bound it too.
	params []string
	// expected says what its values look like.
	expected sentence.Sentence
	// least is below all that a posting can have.
	least float64
	// read reads a value, of which both ends are the same where it is not a span; text
	// is what it reads as the same.
	read func(string) (indexer.Span, error)
	text func(indexer.Span) string
	// step gives the value next to another, up or down.
	step func(v, way float64) float64
	// bounds lets pass what overlaps a span.
	bounds func(indexer.Span) indexer.Bounds
}

// What amounts and dates look like.
var (
	amountSuch = sentence.Of("amount_such", "an amount such as 15000/month, 3 LPA or 300000/year")
	dateSuch   = sentence.Of("date_such", "a date such as 2026-01-31")
)

// measures are all of them, in the order in which they are told.
var measures = []measure{
	{
		name: "pay", params: []string{"pay_min", "pay_max", "pay_period"},
		expected: amountSuch, least: 1,
		read: readAmount, text: amountsText, step: byOne,
		bounds: func(s indexer.Span) (b indexer.Bounds) {
			if s.Least != nil {
				b.PayLeast = int64(*s.Least)
			}
			if s.Most != nil {
				b.PayMost = int64(*s.Most)
			}
			return b
		},
	},
	{
		name: "experience", params: []string{"experience"},
		expected: sentence.Of("years_such_2", "years such as 2, 0-2 or 3+"),
		read:     func(v string) (indexer.Span, error) { return checkedSpan(yearsOf, v) }, text: spanText,
		step: func(v, way float64) float64 {
			return float64(math.Nextafter32(float32(v), float32(math.Copysign(math.MaxFloat32, way))))
		},
		bounds: func(s indexer.Span) indexer.Bounds { return indexer.Bounds{Experience: s} },
	},
	{
		name: "openings", params: []string{"openings"},
		expected: sentence.Of("number_such", "a number such as 5, 2-5 or 10+"),
		read:     func(v string) (indexer.Span, error) { return checkedSpan(openingsOf, v) },
		text:     spanText, step: byOne,
		bounds: func(s indexer.Span) indexer.Bounds { return indexer.Bounds{Openings: s} },
	},
	{
		name: "posted", params: []string{"since", "until"},
		expected: dateSuch, least: day("0001-01-01"),
		read: readDate, text: dateText, step: byOne,
		bounds: func(s indexer.Span) indexer.Bounds {
			return indexer.Bounds{Since: dateOf(s.Least), Until: dateOf(s.Most)}
		},
	},
	{
		name: "first_seen", params: []string{"first_seen_since", "first_seen_until"},
		expected: dateSuch, least: day("0001-01-01"), read: readDate, text: dateText, step: byOne,
		bounds: func(s indexer.Span) indexer.Bounds {
			return indexer.Bounds{SeenSince: dateOf(s.Least), SeenUntil: dateOf(s.Most)}
		},
	},
	{
		name: closedName, expected: dateSuch, least: day("0001-01-01"), text: dateText, step: byOne,
		read: func(v string) (indexer.Span, error) {
			s, err := readDate(v)
			if err != nil {
				err = fmt.Errorf("%w; whether it is closed is %s = closed", err, stateName)
			}
			return s, err
		},
		bounds: func(s indexer.Span) indexer.Bounds {
			return indexer.Bounds{ClosedSince: dateOf(s.Least), ClosedUntil: dateOf(s.Most)}
		},
	},
}

// closedName is the measure of since when postings are closed.
const closedName = "closed"

func byOne(v, way float64) float64 { return v + way }

// point is a span of one value.
func point(v float64) indexer.Span { return indexer.Span{Least: &v, Most: &v} }

// single gives the one value of a span that has no other.
func single(s indexer.Span) (float64, bool) {
	if s.Least == nil || s.Most == nil || *s.Least != *s.Most {
		return 0, false
	}
	return *s.Least, true
}

// amountForm is an amount, or two, as --pay-min and --pay-period give it: a month's
// without a period.
var amountForm = regexp.MustCompile(`^` + amountDigits + `(?:\s*-\s*` + amountDigits + `)?` +
	`\s*(?:(?:/|per|an?)\s*(hour|day|week|month|year))?$`)

const amountDigits = `([0-9][0-9,]*(?:\.[0-9]+)?)`

// readAmount reads an amount, or a span of two, as flags do, else as postings are
// read.
func readAmount(value string) (s indexer.Span, err error) {
	if m := amountForm.FindStringSubmatch(strings.ToLower(value)); m != nil {
		p := Pay{Period: job.Period(m[3])}
		low, high := annualOf(p, m[1]), annualOf(p, m[2])
		if m[2] == "" {
			high = low
		}
		s = indexer.Span{Least: &low, Most: &high}
	} else {
		p := pay.Standard().Read(job.FieldSalary, value, pay.Defaults{})
		whole := p.Start != nil && *p.Start == 0 && *p.End == len(value)
		if !whole || p.Kind != job.PayOffer || p.AnnualMin == nil || p.AnnualMax == nil {
			return s, sentence.Wrong("expected_quoted", "expected %s, got %q", amountSuch, value)
		}
		low, high := float64(*p.AnnualMin), float64(*p.AnnualMax)
		s = indexer.Span{Least: &low, Most: &high}
	}
	switch {
	case *s.Least > *s.Most:
		return s, sentence.Wrong("lower_amount_first", "expected the lower amount first, got %q", value)
	case *s.Least <= 1 || *s.Most > mostPay:
		return s, sentence.Wrong("not_pay",
			"expected more than 1 rupee a year, and what somebody may be paid, got %q", value)
	}
	return s, nil
}

// annualOf reads an amount of a period as rupees a year.
func annualOf(p Pay, amount string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(amount, ",", ""), 64)
	if err != nil || v > mostPay {
		return mostPay + 1 // which is refused
	}
	return float64(p.annual(v))
}

// amountsText is what readAmount reads as the same span.
func amountsText(s indexer.Span) string { return spanText(s) + "/year" }

// checkedSpan reads a span as its flag does.
func checkedSpan(of spanOf, value string) (indexer.Span, error) {
	s, err := of.parse(value)
	if err != nil {
		return s, err
	}
	var faults Faults
	s = of.normal(s, &faults)
	if len(faults) > 0 {
		return s, sentence.WrongBy(faults[0].Says)
	}
	return s, nil
}

const secondsOfDay = 24 * 60 * 60

func day(date string) float64 {
	t, _ := time.Parse(time.DateOnly, date)
	return float64(t.Unix() / secondsOfDay)
}

func readDate(value string) (indexer.Span, error) {
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		return indexer.Span{}, sentence.Wrong("expected_quoted", "expected %s, got %q", dateSuch, value)
	}
	return point(day(value)), nil
}

func dateText(s indexer.Span) string { return dateOf(s.Least) }

// dateOf is the date of a day, empty for none; a day that no date has becomes the
// next one that has.
func dateOf(v *float64) string {
	if v == nil {
		return ""
	}
	return time.Unix(int64(max(*v, day("0001-01-01")))*secondsOfDay, 0).UTC().Format(time.DateOnly)
}
