package pay

import (
	"encoding/json"
	"strings"

	"jobsieve/job"
	"jobsieve/text"
)

// readStructured reads pay that a board gives as an object: JSON-LD's
// baseSalary in its shapes, and the pay fields of job-board APIs. ok is false
// where the text isn't an object.
func readStructured(field job.Field, s string, def Defaults) (p job.Pay, ok bool) {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" || trimmed[0] != '{' && trimmed[0] != '[' {
		return job.Pay{}, false
	}
	var v any
	if err := json.Unmarshal([]byte(trimmed), &v); err != nil {
		return job.Pay{}, false
	}
	var o object
	o.read(v)
	p = o.pay(def)
	start := strings.Index(s, trimmed)
	end := start + len(trimmed)
	p.Raw, p.Field, p.Start, p.End = &trimmed, job.Opt(field), &start, &end
	annualise(&p)
	if o.contradicts {
		p.Suspect = true
	}
	return p, true
}

// object is what an object says about pay.
type object struct {
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
	minKeys      = []string{"minValue", "min", "min_salary", "minSalary", "minimum", "from", "low", "min_amount", "minAmount", "salary_min"}
	maxKeys      = []string{"maxValue", "max", "max_salary", "maxSalary", "maximum", "to", "high", "max_amount", "maxAmount", "salary_max"}
	valueKeys    = []string{"value", "amount", "median"}
	currencyKeys = []string{"currency", "salaryCurrency", "currencyCode", "currency_code", "currency_type", "currency_symbol"}
	unitKeys     = []string{"unitText", "interval", "period", "unit", "frequency", "salary_unit", "time_unit", "duration", "unitCode", "per"}
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
		o.currency = currencyCode(c)
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
			o.max = o.min
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
		p := newScan(job.FieldSalary, text.Parse(v), Defaults{}).read()
		if p.Kind != job.PayOffer {
			return
		}
		if *to == nil {
			*to = p.Min
		}
		if *to == nil {
			*to = p.Max
		}
		if o.max == nil && p.Max != nil && to == &o.min && p.Min != nil && *p.Max != *p.Min {
			o.max = p.Max
		}
		if !p.PeriodInferred && p.Period != "" {
			o.contradicts = o.contradicts || o.period != "" && o.period != job.Period(p.Period)
			o.period = job.Period(p.Period)
		}
		if o.currency == "" && strings.ContainsAny(v, "$€£") {
			o.currency = string(p.Currency)
		}
	}
}

// currencyCode gives the ISO code of what boards write for a currency.
func currencyCode(s string) string {
	s = strings.Trim(strings.TrimSpace(s), ".")
	if code, ok := currencies.Of(strings.ToLower(s)); ok {
		return code
	}
	if len(s) == 3 {
		return strings.ToUpper(s)
	}
	return ""
}

// unitPeriod reads a unit such as YEAR, per-month-salary, annum, MON.
func unitPeriod(s string) job.Period {
	s = strings.ToLower(s)
	for _, u := range []struct {
		part   string
		period job.Period
	}{{"hour", job.PerHour}, {"hur", job.PerHour}, {"day", job.PerDay}, {"dai", job.PerDay}, {"week", job.PerWeek}, {"mon", job.PerMonth}, {"year", job.PerYear}, {"annu", job.PerYear}, {"ann", job.PerYear}, {"yr", job.PerYear}, {"p.a", job.PerYear}} {
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
	if o.min == nil && o.max == nil {
		return p
	}
	p.Kind = job.PayOffer
	if o.estimate {
		p.Kind = job.PayEstimate
	}
	if o.currency == "" {
		o.currency = def.Currency
	}
	if o.currency == "" {
		o.currency = "INR"
	}
	o.lakhs()
	p.Min, p.Max, p.Currency = o.min, o.max, job.Opt(o.currency)
	if o.period == "" && !o.unknown {
		o.inferPeriod(def)
	}
	p.Period, p.PeriodInferred = job.Opt(o.period), o.inferred
	return p
}

// lakhs converts figures such as 3.5 a year to rupees.
func (o *object) lakhs() {
	most := o.max
	if most == nil {
		most = o.min
	}
	yearly := o.period == job.PerYear || o.period == "" && !o.unknown
	if o.currency != "INR" || *most >= lakhFigure || !yearly {
		return
	}
	scale := func(v *float64) *float64 {
		if v == nil {
			return nil
		}
		r := round(*v * lakh)
		return &r
	}
	o.min, o.max = scale(o.min), scale(o.max)
	if o.period == "" {
		o.period, o.inferred = job.PerYear, true
	}
}

func (o *object) inferPeriod(def Defaults) {
	most := o.max
	if most == nil {
		most = o.min
	}
	o.inferred = true
	switch {
	case def.Period != "":
		o.period = def.Period
	case o.currency != "INR":
		o.inferred = false
	case *most > 99999:
		o.period = job.PerYear
	default:
		o.period = job.PerMonth
	}
}
