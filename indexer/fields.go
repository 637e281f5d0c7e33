package indexer

import (
	"jobsieve/job"
	"jobsieve/vacancy"
)

// Fields are the fields of a document. Everything that depends on them is made
// from here: the mappings of both indexes, facets, filters and their flags, the
// groupings of pay tables, the columns of a CSV and the reference. A new field
// goes to the end of those that a posting has; TestStableFields says what may not
// change.
var Fields = Schema{
	{
		Name: "key", Type: TypeKeyword,
		Meaning: "The document's _id: the source, a slash and the posting's id.",
		Value:   func(d *Document) any { return d.Key },
	},
	{
		Name: "id", Type: TypeKeyword,
		Meaning: "The posting's id, as its source gives it.",
		Value:   func(d *Document) any { return d.ID },
		Column:  "id",
	},
	{
		Name: "source", Type: TypeKeyword,
		Meaning: "The source's name in the configuration, or the row's own.",
		Value:   func(d *Document) any { return d.Source },
		Facet:   true, Grouping: "source", Column: "source", Filter: "source",
		Flag: Flag{Help: "The name of a source.", Value: "NAME"},
	},
	{
		Name: "url", Type: TypeKeptKeyword,
		Meaning: "The posting's page; kept, not searched.",
		Value:   func(d *Document) any { return d.URL },
		Column:  "url",
	},
	{
		Name: "title", Type: TypeNamedText,
		Meaning: "The title as posted. title.keyword is exact, title.english and title.hindi are stemmed.",
		Value:   func(d *Document) any { return d.Title },
		Column:  "title",
	},
	{
		Name: "company", Type: TypeNamedText,
		Meaning:  "The employer as posted; company.keyword is exact.",
		Value:    func(d *Document) any { return d.Company },
		Grouping: "company", Column: "company", Filter: "company",
		Flag: Flag{Help: "The employer's whole name, in capitals or small letters.", Whole: true},
	},
	{
		Name: "location", Type: TypeText,
		Meaning: "The place as posted; city, state and country are what was read from it.",
		Value:   func(d *Document) any { return d.Location },
		Column:  "location",
	},
	{
		Name: "experience", Type: TypeKeptText,
		Meaning: "The experience as posted; kept, not searched.",
		Value:   func(d *Document) any { return d.Experience },
	},
	{
		Name: "salary", Type: TypeKeptText,
		Meaning: "The salary field as posted; kept, not searched.",
		Value:   func(d *Document) any { return d.Salary },
	},
	{
		Name: "skills", Type: TypeText,
		Meaning: "The skills as posted.",
		Value:   func(d *Document) any { return d.Skills },
	},
	{
		Name: "description", Type: TypeText,
		Meaning: "The description as posted, without markup.",
		Value:   func(d *Document) any { return d.Description },
	},
	{
		Name: "label", Type: TypeKeyword,
		Meaning: "BPO, KPO or UNCLASSIFIED: the label by hand where there is one, else the rules'.",
		Value:   func(d *Document) any { return d.Label },
		Facet:   true, Grouping: "label", Column: "label", Filter: "label",
		Flag: Flag{Help: "A label of the rule book, such as BPO, or UNCLASSIFIED."},
	},
	{
		Name: "function", Type: TypeKeyword,
		Meaning: "What the work is, by whoever gave the label; none for UNCLASSIFIED.",
		Value:   func(d *Document) any { return d.Function },
		Facet:   true, Grouping: "function", Column: "function", Filter: "function",
		Flag: Flag{Help: "Such as customer-support-voice."},
	},
	{
		Name: "score", Type: TypeFloat, Unit: "0–1",
		Meaning: "How strong the evidence for the rules' label is.",
		Value:   func(d *Document) any { return d.Score },
		Column:  "score",
	},
	{
		Name: "margin", Type: TypeFloat, Unit: "0–1",
		Meaning: "How sure the rules' label is: its lead over the next, as a part of all points, cubed.",
		Value:   func(d *Document) any { return d.Margin },
		Column:  "margin",
	},
	{
		Name: "reason", Type: TypeKeyword,
		Meaning:  "Why the rules leave a posting UNCLASSIFIED: no_evidence, below_threshold, tie or cancelled.",
		Value:    func(d *Document) any { return d.Reason },
		Grouping: "reason", Column: "reason",
	},
	{
		Name: "criteria", Type: TypeKeyword,
		Meaning: "The criteria that fired.",
		Value:   func(d *Document) any { return d.Criteria },
		Facet:   true, Grouping: "criterion", Column: "criteria", Filter: "criterion",
		Flag: Flag{Help: "One that spoke for the label, such as D3."},
	},
	{
		Name: "outsourced", Type: TypeBoolean,
		Meaning: "True where the posting itself says that the work is done for another company.",
		Value:   func(d *Document) any { return d.Outsourced },
		Facet:   true, Grouping: "outsourced", Column: "outsourced", Filter: "outsourced",
		Closed: []string{"false", "true"},
		Flag:   Flag{Help: "true or false: whether a posting says that the work is another company's.", Value: "BOOL"},
	},
	{
		Name: "rules_version", Type: TypeKeyword,
		Meaning: "Which rule book gave the rules' label.",
		Value:   func(d *Document) any { return d.RulesVersion },
		Column:  "rules_version",
	},
	{
		Name: "pay_kind", Type: TypeKeyword,
		Meaning: "offer, estimate, unpaid, undisclosed or none.",
		Value:   func(d *Document) any { return d.PayKind },
		Facet:   true, Grouping: "pay_kind", Column: "pay_kind", Filter: "pay_kind", Closed: texts(job.PayKinds),
	},
	{
		Name: "pay_min", Type: TypeDouble, Unit: "currency a period",
		Meaning: "The lower amount as stated.",
		Value:   func(d *Document) any { return d.PayMin },
		Column:  "pay_min",
	},
	{
		Name: "pay_max", Type: TypeDouble, Unit: "currency a period",
		Meaning: "The upper amount as stated.",
		Value:   func(d *Document) any { return d.PayMax },
		Column:  "pay_max",
	},
	{
		Name: "pay_currency", Type: TypeKeyword, Unit: "ISO 4217",
		Meaning: "The currency of the pay.",
		Value:   func(d *Document) any { return d.PayCurrency },
		Column:  "pay_currency",
	},
	{
		Name: "pay_period", Type: TypeKeyword,
		Meaning: "The period that the amounts are for: hour, day, week, month or year.",
		Value:   func(d *Document) any { return d.PayPeriod },
		Column:  "pay_period",
	},
	{
		Name: "pay_period_inferred", Meaning: "True where the text states no period.",
		Value:  func(d *Document) any { return d.Detail.Pay.PeriodInferred },
		Column: "pay_period_inferred",
	},
	{
		Name: "pay_basis", Type: TypeKeyword,
		Meaning: "What the amount includes: ctc, in_hand, or unspecified.",
		Value:   func(d *Document) any { return d.PayBasis },
		Column:  "pay_basis",
	},
	{
		Name: "pay_annual_low", Type: TypeLong, Unit: "currency a year",
		Meaning: "The lower amount, a year.",
		Value:   func(d *Document) any { return d.PayAnnualLow },
		Column:  "pay_annual_min",
	},
	{
		Name: "pay_annual_high", Type: TypeLong, Unit: "currency a year",
		Meaning: "The upper amount, a year.",
		Value:   func(d *Document) any { return d.PayAnnualHigh },
		Column:  "pay_annual_max",
	},
	{
		Name: "pay_annual_mid", Type: TypeDouble, Unit: "currency a year",
		Meaning: "The midpoint, where both are stated.",
		Value:   func(d *Document) any { return d.PayAnnualMid },
	},
	{
		Name: "pay_monthly_low", Type: TypeDouble, Unit: "currency a month",
		Meaning: "The lower amount, a month.",
		Value:   func(d *Document) any { return d.PayMonthlyLow },
	},
	{
		Name: "pay_monthly_high", Type: TypeDouble, Unit: "currency a month",
		Meaning: "The upper amount, a month.",
		Value:   func(d *Document) any { return d.PayMonthlyHigh },
	},
	{
		Name: "pay_suspect", Type: TypeBoolean,
		Meaning: "True where the amount is not believable; such pay counts in no table.",
		Value:   func(d *Document) any { return d.PaySuspect },
		Column:  "pay_suspect",
	},
	{
		Name: "pay_text", Type: TypeLongKeyword,
		Meaning: "The text that the pay was read from.",
		Value:   func(d *Document) any { return d.PayText },
	},
	{
		Name: "pay_band", Type: TypeKeyword, Unit: "rupees a month",
		Meaning: "The band of the lower amount: 0-9000, 9000-15000, 15000-25000, 25000-50000, 50000-100000, " +
			"100000+. Only offers in rupees that are not suspect have one.",
		Value: func(d *Document) any { return d.PayBand },
		Facet: true, Grouping: "pay_band", Filter: "pay_band", Closed: job.India.BandNames(),
	},
	{
		Name: "places", Meaning: "The places: city/state/country, with semicolons between them.", Value: placesOf,
		Column: "places",
	},
	{
		Name: "place", Type: TypeKeyword,
		Meaning: "The most exact name of each place; its filter goes by city, state and country.", Value: placeNames,
		Grouping: "place", Filter: "place", Of: []string{"city", "state", "country"},
		Flag: Flag{Help: "A city, a state or a country, by any of its names.", Whole: true},
	},
	{
		Name: "city", Type: TypeKeyword,
		Meaning: "Cities, by their official names.",
		Value:   func(d *Document) any { return d.City },
		Facet:   true, Grouping: "city", Filter: "city",
		Flag: Flag{Help: "Such as Pune."},
	},
	{
		Name: "state", Type: TypeKeyword,
		Meaning: "States, in full.",
		Value:   func(d *Document) any { return d.State },
		Facet:   true, Grouping: "state", Filter: "state",
		Flag: Flag{Help: "Such as Karnataka."},
	},
	{
		Name: "country", Type: TypeKeyword, Unit: "ISO 3166",
		Meaning: "Countries.",
		Value:   func(d *Document) any { return d.Country },
		Facet:   true, Grouping: "country", Filter: "country",
	},
	{
		Name: "experience_min", Type: TypeFloat, Unit: "years",
		Meaning: "The least experience asked for.",
		Value:   func(d *Document) any { return d.ExperienceMin },
		Column:  "experience_min",
	},
	{
		Name: "experience_max", Type: TypeFloat, Unit: "years",
		Meaning: "The most experience asked for.",
		Value:   func(d *Document) any { return d.ExperienceMax },
		Column:  "experience_max",
	},
	{
		Name: "experience_band", Type: TypeKeyword, Unit: "years",
		Meaning: "0-1, 1-3, 3-6 or 6+, by the least experience asked for; 0-5 years are in 0-1.",
		Value:   func(d *Document) any { return d.ExperienceBand },
		Facet:   true, Grouping: "experience", Title: "least_experience", Filter: "experience_band",
		Closed: job.ExperienceBands,
	},
	{
		Name: "education", Type: TypeKeyword,
		Meaning: "The lowest education that is enough.",
		Value:   func(d *Document) any { return d.Education },
		Facet:   true, Grouping: "education", Column: "education", Filter: "education",
		Closed: texts(job.EducationLevels),
		Flag:   Flag{Help: "The lowest that is enough, such as 12th or graduate.", Value: "LEVEL"},
	},
	{
		Name: "shift", Type: TypeKeyword,
		Meaning: "day, evening, night, rotational, us, uk, au.",
		Value:   func(d *Document) any { return d.Shift },
		Facet:   true, Grouping: "shift", Column: "shift", Filter: "shift", Closed: texts(job.Shifts),
		Flag: Flag{Help: "day, evening, night, rotational, us, uk, au."},
	},
	{
		Name: "mode", Type: TypeKeyword,
		Meaning: "onsite, hybrid or remote, where said.",
		Value:   func(d *Document) any { return d.Mode },
		Facet:   true, Grouping: "mode", Column: "mode", Filter: "mode", Closed: texts(job.Modes),
		Flag: Flag{Help: "onsite, hybrid or remote."},
	},
	{
		Name: "openings", Type: TypeInteger, Unit: "posts",
		Meaning: "How many people are sought.",
		Value:   func(d *Document) any { return d.Openings },
		Column:  "openings",
	},
	{
		Name: "openings_band", Type: TypeKeyword, Unit: "posts",
		Meaning: "1, 2-5, 6-20 or 21+.",
		Value:   func(d *Document) any { return d.OpeningsBand },
		Facet:   true, Grouping: "openings", Filter: "openings_band", Closed: job.OpeningsBands,
	},
	{
		Name: "languages", Type: TypeKeyword, Unit: "BCP 47",
		Meaning: "Languages of people that are asked for.",
		Value:   func(d *Document) any { return d.Languages },
		Facet:   true, Grouping: "languages", Column: "languages", Filter: "languages",
	},
	{
		Name: "posted", Type: TypeDate, Unit: "date",
		Meaning: "When it was posted, where said.",
		Value:   func(d *Document) any { return d.Posted },
	},
	{
		Name: "posted_stated", Unit: "date",
		Meaning: "When it was posted, where a reader of the posting alone can tell.",
		Value:   func(d *Document) any { return string(d.Detail.Facts.Posted) },
		Column:  "posted",
	},
	{
		Name: "posted_month", Type: TypeKeyword, Unit: "month",
		Meaning: "The month of that day.",
		Value:   func(d *Document) any { return d.PostedMonth },
		Facet:   true, Filter: "posted_month",
	},
	{
		Name: "month", Unit: "month", Meaning: "The month in which it was posted.", Value: monthOf,
		Grouping: "month", Of: []string{"posted_month"},
	},
	{
		Name: "language", Type: TypeKeyword,
		Meaning: "What the posting is written in: en, hi, hi-Latn or mixed.",
		Value:   func(d *Document) any { return d.Language },
		Facet:   true, Grouping: "language", Column: "language", Filter: "language", Closed: texts(job.Languages),
		Flag: Flag{Help: "What a posting is written in: en, hi, hi-Latn or mixed."},
	},
	{
		Name: "first_seen", Type: TypeDate, Unit: "date",
		Meaning: "When jobsieve saw it first, in India's time.",
		Value:   func(d *Document) any { return d.FirstSeen },
	},
	{
		Name: "last_seen", Type: TypeDate, Unit: "date",
		Meaning: "When jobsieve saw it last, in India's time; in an index, as it was known when the document was " +
			"delivered: to be seen again delivers nothing.",
		Value: func(d *Document) any { return d.LastSeen },
	},
	{
		Name: "vacancy", Type: TypeKeyword,
		Meaning: "The same for postings of the same vacancy: count its distinct values to count vacancies.",
		Value:   func(d *Document) any { return d.Vacancy },
	},
	{
		Name: "labelled_by", Type: TypeKeyword,
		Meaning: "Who gave the label: rules or hand.",
		Value:   func(d *Document) any { return d.LabelledBy },
		Facet:   true, Grouping: "labelled_by", Column: "labelled_by", Filter: "labelled_by",
		Closed: texts(job.Labellers),
		Flag:   Flag{Help: "rules or hand: who gave the label."},
	},
	{
		Name: "labelled_because", Type: TypeKeptText,
		Meaning: "Why, for a label by hand; kept, not searched.",
		Value:   func(d *Document) any { return d.LabelledBecause },
		Column:  "labelled_because",
	},
	{
		Name: "rules_label", Type: TypeKeyword,
		Meaning: "The rules' label; another than label only for one by hand.",
		Value:   func(d *Document) any { return d.RulesLabel },
		Column:  "rules_label",
	},
	{
		Name: "rules_function", Type: TypeKeyword,
		Meaning: "The rules' function.",
		Value:   func(d *Document) any { return d.RulesFunction },
		Column:  "rules_function",
	},
	{
		Name: "posted_how", Type: TypeKeyword,
		Meaning:  "How the date of posting is known: stated, inferred from a relative one, or bounded; empty for none.",
		Value:    func(d *Document) any { return d.PostedHow },
		Grouping: "posted_how", Filter: "posted_how", Closed: texts(job.DatesKnown),
	},
	{
		Name: "posted_latest", Type: TypeDate, Unit: "date",
		Meaning: "The day on or before which it was posted, where no more is known; then it has no posted.",
		Value:   func(d *Document) any { return d.PostedLatest },
	},
	{
		Name: "employer", Meaning: "The employer, all spellings of its name as one.",
		Value: employerOf, Grouping: "employer", Of: []string{"company"}, United: vacancy.EmployerKey,
	},
	{
		Name: "skill", Type: TypeKeyword,
		Meaning:  "Skills, tools and certificates that the posting names: the lexicon's lists skill.*, without that.",
		Value:    func(d *Document) any { return d.Skill },
		Grouping: "skill", Filter: "skill",
		Flag: Flag{Help: "One that the posting names, such as sql or advanced-excel."},
	},
	{
		Name: "first_seen_month", Unit: "month",
		Meaning: "The month in which jobsieve saw it first, in India's time.", Value: firstMonthOf,
		Grouping: "first_seen_month", Of: []string{"first_seen"},
	},
	{
		Name: "posting_state", Type: TypeKeyword,
		Meaning: "Whether it can still be applied for: open, closed or unknown, which postings from files are.",
		Value:   func(d *Document) any { return d.PostingState },
		Facet:   true, Grouping: "posting_state", Filter: "posting_state", Closed: texts(job.States),
	},
	{
		Name: "closed", Type: TypeDate, Unit: "date",
		Meaning: "Since when it is closed, in India's time; empty unless it is.",
		Value:   func(d *Document) any { return d.Closed },
	},
	{
		Name: "closed_month", Unit: "month",
		Meaning: "The month in which it was closed, in India's time.", Value: closedMonthOf,
		Grouping: "closed_month", Of: []string{"closed"},
	},
	{
		Name: "vacancy_role", Type: TypeKeyword,
		Meaning: "What it is among the postings of its vacancy: alone, the representative, which is the newest " +
			"stated offer, or other. Without other each vacancy counts once.",
		Value:  func(d *Document) any { return d.VacancyRole },
		Filter: "vacancy_role", Closed: texts(job.VacancyRoles),
	},
	{
		Name: "schema_version", Type: TypeInteger,
		Meaning: "Counts the changes to these fields.",
		Value:   func(d *Document) any { return d.SchemaVersion },
	},
	{
		Name: "normal", Type: TypeWords, Unstable: true,
		Meaning: "The searched fields in normal form, unstemmed; jobsieve search uses it.",
	},
	{
		Name: "stems", Type: TypeStems, Unstable: true,
		Meaning: "The same, stemmed; jobsieve search uses it.",
	},
	{
		Name: "parts", Type: TypeStems, Unstable: true,
		Meaning: "The same without the description, each word after its part: title_teller.",
	},
	{
		Name: "concepts", Type: TypeKeyword,
		Meaning: "What the texts are about: lists of the lexicon, such as role.telecaller, whatever language they " +
			"are in.",
	},
	{
		Name: "title_concepts", Type: TypeKeyword,
		Meaning: "What the title is about.",
	},
	{
		Name: "names", Type: TypeText,
		Meaning: "The other names of what a posting says, in three languages: of its places, label, shifts and " +
			"concepts.",
	},
	{
		Name: "detail", Type: TypeKept, Unstable: true,
		Meaning: "The whole evidence, facts and pay as export writes them; kept, not searched.",
	},
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
