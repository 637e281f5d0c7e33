package job

// Market is what holds for pay in one country: the reader of pay, yearly
// amounts, tables and bands all take it from here.
type Market struct {
	// Currency is the ISO 4217 code of the money that pay without a currency is in;
	// Sign is written before its amounts.
	Currency, Sign string
	// CurrencyWords are the other words and signs for it, in lower case.
	CurrencyWords []string
	// Units are the words that multiply a figure.
	Units []MoneyUnit
	// YearlyUnit is the unit from which on a figure without a period is a year's;
	// YearlyFrom is the same for a figure written out. Smaller ones are a month's.
	YearlyUnit, YearlyFrom float64
	// YearOf is how many of each period a year of full-time work has.
	YearOf map[Period]float64
	// Least and Most are the bounds of believable pay, in units of Currency a year.
	Least, Most float64
	// Bands are the bands of pay, lowest first.
	Bands []PayBand
	// EntryLeast and EntryMost are the bounds of the band that BPO work begins in, in
	// units of Currency a month.
	EntryLeast, EntryMost float64
}

// PayBand is a band of pay, in units of a market's currency a month.
type PayBand struct {
	Name string
	// Below is the amount from which on the next band begins; 0 for the last.
	Below float64
}

// Band gives the name of the band of a yearly amount.
func (m *Market) Band(annual int64) string {
	for _, b := range m.Bands {
		if float64(annual) < b.Below*m.YearOf[PerMonth]/m.YearOf[PerYear] || b.Below == 0 {
			return b.Name
		}
	}
	return ""
}

// BandNames gives the names of the bands, lowest first.
func (m *Market) BandNames() []string {
	names := make([]string, len(m.Bands))
	for i, b := range m.Bands {
		names[i] = b.Name
	}
	return names
}

// Entry reports a yearly amount in the band that BPO work begins in.
func (m *Market) Entry(annual int64) bool {
	months := m.YearOf[PerMonth]
	return float64(annual) >= months*m.EntryLeast && float64(annual) <= months*m.EntryMost
}

// MoneyUnit is what a figure is multiplied by, and the words for it in normal
// form.
type MoneyUnit struct {
	Factor float64
	Words  []string
}

// The units of Indian figures.
const (
	Hundred  = 1e2
	Thousand = 1e3
	Lakh     = 1e5
	Crore    = 1e7
)

// India is the Indian market. A month has 26 working days of 8 hours, as wage law
// reckons.
var India = Market{
	Currency: "INR", Sign: "₹",
	CurrencyWords: []string{
		"₹", "₨", "rs", "inr", "rupees", "rupee", "rupaye", "rupay", "rupe", "rupya", "rupiya", "rupaiya",
		"rupes", "rr",
		"रुपए", "रु", "रू", "रुपया", "रूपए", "रूपया", "रुपयों", "रुपैया", "रुपये", "रूपये",
	},
	Units: []MoneyUnit{
		{Hundred, []string{"सौ", "sau", "so", "hundred", "सो"}},
		{Thousand, []string{"k", "thousand", "thousands", "thou", "हजार", "hazaar", "thsd", "हज", "ths", "के"}},
		{Lakh, []string{"l", "lakh", "लाख", "lpa", "lac", "lacs", "lakhs", "lpas", "lacks", "lack", "lkh", "lkhs",
			"laks", "ln", "लाखों", "एलपीए"}},
		{1e6, []string{"mn", "million", "m", "mio"}},
		{Crore, []string{"crore", "cr", "crs", "करोड", "करोड़"}},
		{1e9, []string{"bn", "b", "billion"}},
	},
	YearlyUnit: Lakh, YearlyFrom: 1e5,
	YearOf: map[Period]float64{PerHour: 8 * 26 * 12, PerDay: 26 * 12, PerWeek: 52, PerMonth: 12, PerYear: 1},
	Least:  3000, Most: 5 * Crore,
	// The second band holds its upper bound: the document's entry band is 9,000 to 15,000.
	Bands: []PayBand{
		{"0-9000", 9000}, {"9000-15000", 15001}, {"15000-25000", 25000}, {"25000-50000", 50000},
		{"50000-100000", 100000},
		{"100000+", 0},
	},
	EntryLeast: 9000, EntryMost: 15000,
}
