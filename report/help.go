package report

import "strings"

// helps say what columns hold, by their names; helpOf says it of the amounts of offers.
var helps = map[string]string{
	"postings":            "How many postings there are.",
	"vacancies":           "How many vacancies: postings of the same advertisement, on whatever boards, are one.",
	"share":               "The share of all postings of the table.",
	"stating_pay":         "How many postings make an offer in rupees that can be believed.",
	"share_stating_pay":   "The share of the row's postings that do so.",
	"other_offers":        "Offers in other currencies, and those that can't be believed.",
	"estimates":           "Postings whose pay is the board's guess.",
	"unpaid":              "Postings whose work pays nothing.",
	"undisclosed":         "Postings whose pay is left open: \"not disclosed\", \"competitive\", an empty field.",
	"silent":              "Postings that say nothing of pay.",
	"period":              "What the amounts are for: a year or a month.",
	"share_in_entry_band": "The share of the postings stating pay that begin at 9,000 to 15,000 rupees a month.",
	"new":                 "How many postings were seen for the first time.",
	"closed":              "How many postings were closed.",
	"open_at_end":         "How many postings were open when the month, or what is known of it, ended.",
	"not_closed":          "How many postings are not known to be closed: they count until they were seen last.",
	"days_p25":            "The days after which a quarter of the postings is closed.",
	"days_median":         "The days after which half of the postings is closed.",
	"days_p75":            "The days after which three quarters of the postings are closed.",
	"at_risk_30":          "How many postings could still be seen to be closed 30 days after they were first seen.",
	"at_risk_90":          "How many postings could still be seen to be closed 90 days after they were first seen.",
	"open_30":             "The share of postings that stay open for more than 30 days.",
	"open_90":             "The share of postings that stay open for more than 90 days.",
	"by_hand":             "Postings that a person labelled.",
	"no_evidence":         "Postings without a label: nothing speaks for one.",
	"below_threshold":     "Postings without a label: too little speaks for one.",
	"tie":                 "Postings without a label: as much speaks for one as for another.",
	"cancelled":           "Postings without a label: what speaks for one is taken back.",
	"functions":           "The commonest kinds of work, with their shares of the postings.",
	"sources":             "The sources of the most postings, with their shares.",
}

// sidesOfOffers are the amounts of offers, and figuresOfOffers what is said of these: the
// two parts of the names of columns.
var (
	sidesOfOffers = map[string]string{
		"low": "The lower amounts of offers", "mid": "The midpoints of offers", "high": "The upper amounts of offers",
	}
	figuresOfOffers = map[string]string{
		"n": "how many there are", "min": "the lowest", "max": "the highest", "median": "the median",
		"p10": "the 10th percentile", "p25": "the 25th percentile", "p75": "the 75th percentile",
		"p90":         "the 90th percentile",
		"median_from": "the least that the median is with 95 % certainty",
		"median_to":   "the most that the median is with 95 % certainty",
	}
)

// helpOf says what a column of that name holds, empty where nobody knows.
func helpOf(name string) string {
	side, figure, _ := strings.Cut(name, "_")
	if sidesOfOffers[side] != "" && figuresOfOffers[figure] != "" {
		return sidesOfOffers[side] + ": " + figuresOfOffers[figure] + "."
	}
	return helps[name]
}

// helpOfGroup says what a column holds that a table is grouped by.
func helpOfGroup(by string) string { return fieldOf(by).Meaning }

// described says what each column holds that is no group.
func (t *Table) described() *Table {
	for i := range t.Columns {
		if c := &t.Columns[i]; c.Kind != KindGroup {
			c.Help = helpOf(c.Name)
		}
	}
	return t
}
