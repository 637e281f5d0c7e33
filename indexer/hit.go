package indexer

// Stated is what the document of a hit says about pay, place and experience, for
// programs: numbers and names, under the names of the document's fields. What is
// not stated is null, or a list without members.
type Stated struct {
	City    []string `json:"city"`
	State   []string `json:"state"`
	Country []string `json:"country"`

	ExperienceMin *float64 `json:"experience_min"` // years
	ExperienceMax *float64 `json:"experience_max"`

	// PayMin and PayMax are in units of PayCurrency per PayPeriod, PayAnnualLow and
	// PayAnnualHigh in rupees a year.
	PayKind       string   `json:"pay_kind"`
	PayMin        *float64 `json:"pay_min"`
	PayMax        *float64 `json:"pay_max"`
	PayCurrency   string   `json:"pay_currency"`
	PayPeriod     string   `json:"pay_period"`
	PayBasis      string   `json:"pay_basis"`
	PaySuspect    bool     `json:"pay_suspect"`
	PayAnnualLow  *int64   `json:"pay_annual_low"`
	PayAnnualHigh *int64   `json:"pay_annual_high"`
}

func (d *Document) stated() Stated {
	some := func(list []string) []string { return append([]string{}, list...) }
	return Stated{
		City: some(d.City), State: some(d.State), Country: some(d.Country),
		ExperienceMin: d.ExperienceMin, ExperienceMax: d.ExperienceMax,
		PayKind: d.PayKind, PayMin: d.PayMin, PayMax: d.PayMax, PayCurrency: d.PayCurrency, PayPeriod: d.PayPeriod,
		PayBasis: d.PayBasis, PaySuspect: d.PaySuspect, PayAnnualLow: d.PayAnnualLow, PayAnnualHigh: d.PayAnnualHigh,
	}
}
