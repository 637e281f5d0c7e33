package indexer

// Field says what a field of a document is, for people who query the index.
type Field struct {
	Name string
	// Unit is what its numbers or texts are counted or written in; empty where
	// there is none.
	Unit string
	// Meaning is one sentence.
	Meaning string
	// Stable says that the field keeps its name, type and meaning while
	// schema_version is the same.
	Stable bool
}

// Fields are the fields of a document, in the order of the reference.
var Fields = []Field{
	{"key", "", "The document's _id: the source, a slash and the posting's id.", true},
	{"id", "", "The posting's id, as its source gives it.", true},
	{"source", "", "The source's name in the configuration, or the row's own.", true},
	{"url", "", "The posting's page; kept, not searched.", true},
	{"title", "", "The title as posted. title.keyword is exact, title.english and title.hindi are stemmed.", true},
	{"company", "", "The employer as posted; company.keyword is exact.", true},
	{"location", "", "The place as posted; city, state and country are what was read from it.", true},
	{"experience", "", "The experience as posted; kept, not searched.", true},
	{"salary", "", "The salary field as posted; kept, not searched.", true},
	{"skills", "", "The skills as posted.", true},
	{"description", "", "The description as posted, without markup.", true},
	{"label", "", "BPO, KPO or UNCLASSIFIED.", true},
	{"function", "", "What the work is; none for UNCLASSIFIED.", true},
	{"score", "0–1", "How strong the evidence for the label is.", true},
	{"margin", "0–1", "The label's score less the next one's.", true},
	{"reason", "", "Why a posting is UNCLASSIFIED: no_evidence, below_threshold, tie or cancelled.", true},
	{"criteria", "", "The criteria that fired.", true},
	{"outsourced", "", "True where the posting itself says that the work is done for another company.", true},
	{"rules_version", "", "Which rule book gave the label.", true},
	{"city", "", "Cities, by their official names.", true},
	{"state", "", "States, in full.", true},
	{"country", "ISO 3166", "Countries.", true},
	{"experience_min", "years", "The least experience asked for.", true},
	{"experience_max", "years", "The most experience asked for.", true},
	{"experience_band", "years", "0-1, 1-3, 3-6 or 6+, by the least experience.", true},
	{"education", "", "The lowest education that is enough.", true},
	{"shift", "", "day, evening, night, rotational, us, uk, au.", true},
	{"mode", "", "onsite, hybrid or remote, where said.", true},
	{"openings", "posts", "How many people are sought.", true},
	{"openings_band", "posts", "1, 2-5, 6-20 or 21+.", true},
	{"languages", "BCP 47", "Languages of people that are asked for.", true},
	{"language", "", "What the posting is written in: en, hi, hi-Latn or mixed.", true},
	{"posted", "date", "When it was posted, where said.", true},
	{"posted_month", "month", "The month of that day.", true},
	{"first_seen", "date", "When jobsieve saw it first, in India's time.", true},
	{"pay_kind", "", "offer, estimate, unpaid, undisclosed or none.", true},
	{"pay_currency", "ISO 4217", "The currency of the pay.", true},
	{"pay_period", "", "The period that the amounts are for: hour, day, week, month or year.", true},
	{"pay_basis", "", "What the amount includes: ctc, in_hand, or unspecified.", true},
	{"pay_suspect", "", "True where the amount is not believable; such pay counts in no table.", true},
	{"pay_text", "", "The text that the pay was read from.", true},
	{"pay_min", "currency a period", "The lower amount as stated.", true},
	{"pay_max", "currency a period", "The upper amount as stated.", true},
	{"pay_annual_low", "currency a year", "The lower amount, a year.", true},
	{"pay_annual_high", "currency a year", "The upper amount, a year.", true},
	{"pay_annual_mid", "currency a year", "The midpoint, where both are stated.", true},
	{"pay_monthly_low", "currency a month", "The lower amount, a month.", true},
	{"pay_monthly_high", "currency a month", "The upper amount, a month.", true},
	{"pay_band", "rupees a month", "The band of the lower amount: 0-9000, 9000-15000, 15000-25000, 25000-50000, 50000-100000, 100000+. Only offers in rupees that are not suspect have one.", true},
	{"vacancy", "", "The same for postings of the same title, company and place: count its distinct values to count vacancies.", true},
	{"schema_version", "", "Counts the changes to these fields.", true},
	{"normal", "", "The searched fields in normal form, unstemmed; jobsieve search uses it.", false},
	{"stems", "", "The same, stemmed; jobsieve search uses it.", false},
	{"title_stems", "", "The title's part of stems.", false},
	{"detail", "", "The whole evidence, facts and pay as export writes them; kept, not searched.", false},
}
