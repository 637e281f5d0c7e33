package pay

import (
	"encoding/json"
	"strings"

	"jobsieve/job"
)

// readStructured reads pay that a board gives as an object: JSON-LD's
// baseSalary in its shapes, and the pay fields of job-board APIs. ok is false
// where the text isn't an object.
func (r *Reader) readStructured(field job.Field, s string, def Defaults) (p job.Pay, ok bool) {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" || trimmed[0] != '{' && trimmed[0] != '[' {
		return job.Pay{}, false
	}
	var v any
	if err := json.Unmarshal([]byte(trimmed), &v); err != nil {
		return job.Pay{}, false
	}
	o := object{reader: r}
	o.read(v)
	p = o.pay(def)
	start := strings.Index(s, trimmed)
	markBytes(&p, field, s, start, start+len(trimmed))
	r.annualise(&p)
	if o.contradicts {
		p.Suspect = true
	}
	return p, true
}

// object is what an object says about pay.
type object struct {
	reader      *Reader
	min, max    *float64
	currency    string
	period      job.Period
	inferred    bool
	estimate    bool
	contradicts bool // its parts say different periods
	unknown     bool // it states a period that isn't one of ours, such as once
}

// The names under which boards give the parts of pay.
var (
	minKeys = []string{
		"minValue", "min", "min_salary", "minSalary", "minimum", "from", "low", "min_amount", "minAmount",
		"salary_min", "minPrice",
	}
	maxKeys = []string{
		"maxValue", "max", "max_salary", "maxSalary", "maximum", "to", "high", "max_amount", "maxAmount",
		"salary_max", "maxPrice",
	}
	valueKeys    = []string{"value", "amount", "median", "price", "priceSpecification", "text", "label"}
	currencyKeys = []string{
		"currency", "salaryCurrency", "currencyCode", "currency_code", "currency_type", "currency_symbol",
		"priceCurrency",
	}
	unitKeys = []string{
		"unitText", "interval", "period", "unit", "frequency", "salary_unit", "time_unit", "duration",
		"unitCode", "per",
	}
)

// read takes in a value; from a list, the first part that states an amount.
func (o *object) read(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if o.min == nil && o.max == nil {
				o.read(item)
			}
		}
	case map[string]any:
		o.readMap(v)
	}
}

func (o *object) readMap(m map[string]any) {
	if t, _ := m["@type"].(string); strings.HasSuffix(t, "MonetaryAmountDistribution") {
		o.estimate = true
	}
	if c, ok := first(m, currencyKeys).(string); ok && o.currency == "" {
		o.currency = o.reader.currencyCode(c)
	}
	if u, ok := first(m, unitKeys).(string); ok && o.period == "" && strings.TrimSpace(u) != "" {
		o.period = unitPeriod(u)
		o.unknown = o.period == ""
	}
	o.side(&o.min, first(m, minKeys))
	o.side(&o.max, first(m, maxKeys))
	switch v := first(m, valueKeys).(type) {
	case map[string]any, []any:
		o.read(v)
	default:
		if o.min == nil && o.max == nil {
			o.side(&o.min, v)
			if o.max == nil {
				o.max = o.min
			}
		}
	}
}

func first(m map[string]any, keys []string) any {
	for _, k := range keys {
		if v, ok := m[k]; ok && v != nil {
			return v
		}
	}
	return nil
}

// side reads one amount: a number, or a text such as "₹ 2,00,000".
func (o *object) side(to **float64, v any) {
	switch v := v.(type) {
	case float64:
		if v > 0 {
			*to = &v
		}
	case string:
		o.text(to, v)
	}
}

// text reads one amount, or a range, that is written as a text.
func (o *object) text(to **float64, v string) {
	p := o.reader.Read(job.FieldSalary, v, Defaults{})
	if p.Kind != job.PayOffer {
		return
	}
	if *to == nil {
		*to = p.Min
	}
	if *to == nil {
		*to = p.Max
	}
	if to == &o.min && p.Max != nil && (o.max == nil || p.Min != nil && *p.Max != *p.Min) {
		o.max = p.Max
	}
	if !p.PeriodInferred && p.Period != "" {
		o.contradicts = o.contradicts || o.period != "" && o.period != job.Period(p.Period)
		o.period = job.Period(p.Period)
	}
	if home := o.reader.market.Currency; o.currency == "" && string(p.Currency) != home {
		o.currency = string(p.Currency)
	}
}

// unitParts are what the names of units hold: YEAR, per-month-salary, annum, MON.
var unitParts = []struct {
	part   string
	period job.Period
}{
	{"hour", job.PerHour}, {"hur", job.PerHour},
	{"day", job.PerDay}, {"dai", job.PerDay},
	{"week", job.PerWeek},
	{"mon", job.PerMonth},
	{"year", job.PerYear}, {"ann", job.PerYear}, {"yr", job.PerYear}, {"p.a", job.PerYear},
}

// otherUnits begin the names of periods that are not ours, some of which hold the
// name of one that is: biweekly, semi-monthly.
var otherUnits = []string{"bi", "semi", "half", "fort", "quart", "twice", "once", "one"}

// unitPeriod reads a unit's name; empty for a period that is not ours.
func unitPeriod(s string) job.Period {
	s = strings.ToLower(s)
	for _, other := range otherUnits {
		if strings.HasPrefix(s, other) {
			return ""
		}
	}
	for _, u := range unitParts {
		if strings.Contains(s, u.part) {
			return u.period
		}
	}
	return ""
}

// lakhFigure is the largest yearly figure in rupees that can only be in lakhs.
const lakhFigure = 100

// pay makes a pay from the object, with the checks that texts go through.
func (o *object) pay(def Defaults) job.Pay {
	p := None()
	p.Kind = job.PayUndisclosed
	if o.currency == "" {
		o.currency = def.Currency
	}
	if o.currency == "" {
		o.currency = o.reader.market.Currency
	}
	if o.placeholder() {
		return p
	}
	p.Kind = job.PayOffer
	if o.estimate {
		p.Kind = job.PayEstimate
	}
	o.lakhs()
	p.Min, p.Max, p.Currency = o.min, o.max, job.Opt(o.currency)
	if o.period == "" && !o.unknown {
		o.inferPeriod(def)
	}
	p.Period, p.PeriodInferred = job.Opt(o.period), o.inferred
	return p
}

// placeholder reports an object without amounts, or with those that boards fill in
// where they have none: 0–1, 1–1.
func (o *object) placeholder() bool {
	if o.max == nil {
		return o.min == nil || *o.min <= 1
	}
	return *o.max <= 1
}

// lakhs converts figures such as 3.5 a year to rupees.
func (o *object) lakhs() {
	most := o.most()
	yearly := o.period == job.PerYear || o.period == "" && !o.unknown
	if o.currency != o.reader.market.Currency || *most >= lakhFigure || !yearly {
		return
	}
	scale := func(v *float64) *float64 {
		if v == nil {
			return nil
		}
		r := round(*v * job.Lakh)
		return &r
	}
	o.min, o.max = scale(o.min), scale(o.max)
	if o.period == "" {
		o.period, o.inferred = job.PerYear, true
	}
}

// most is the larger amount that the object states; it states one.
func (o *object) most() *float64 {
	if o.max != nil {
		return o.max
	}
	return o.min
}

func (o *object) inferPeriod(def Defaults) {
	o.inferred = true
	switch {
	case def.Period != "":
		o.period = def.Period
	case o.currency != o.reader.market.Currency:
		o.inferred = false
	case *o.most() >= o.reader.market.YearlyFrom:
		o.period = job.PerYear
	default:
		o.period = job.PerMonth
	}
}
