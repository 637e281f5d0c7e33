package job

// Summary is what tables and filters use of a stored posting: all that was read
// from it, without texts and evidence.
type Summary struct {
	// Source is the name of the source, Company the employer as posted.
	Source, Company string
	// Vacancy is that which the posting is of. Role is empty where an earlier version
	// stored it: then the vacancy is made from title, company and place.
	Vacancy Vacancy
	Role    VacancyRole
	// Posted is the date of the posting, YYYY-MM-DD, empty where none is known;
	// FirstSeen is the day on which it was seen first, in India's time.
	Posted, FirstSeen string
	// PostedHow says how Posted is known; empty too where an earlier version stored it.
	PostedHow DateKnown
	// Facts have no readings, no date, and no text of places and experience.
	Facts Facts
	// Pay has the amounts as stated and a year, currency, period, basis, kind, and
	// whether it is suspect; nothing else.
	Pay Pay
	// Verdict has no evidence.
	Verdict Verdict
	// Hand has the label and the function that a person gave; nil where only the
	// rules gave any.
	Hand *HandLabel
	// State says whether it is still open, and Closed since which day it is not,
	// YYYY-MM-DD in India's time; empty unless it is closed.
	State  State
	Closed string
}

// Brief leaves out of a summary what Summary says that it doesn't have: texts and
// evidence, of facts, pay, a verdict and a label by hand that were read whole. It
// changes nothing that they refer to.
func (s *Summary) Brief() {
	s.Facts = Facts{
		Places:     briefPlaces(s.Facts.Places),
		Experience: Experience{Min: s.Facts.Experience.Min, Max: s.Facts.Experience.Max},
		Education:  s.Facts.Education, Shift: s.Facts.Shift, Mode: s.Facts.Mode, Openings: s.Facts.Openings,
		Languages: s.Facts.Languages, Skills: s.Facts.Skills, Language: s.Facts.Language,
	}
	s.Pay = Pay{
		Kind: s.Pay.Kind, Min: s.Pay.Min, Max: s.Pay.Max, Currency: s.Pay.Currency, Period: s.Pay.Period,
		Basis: s.Pay.Basis, AnnualMin: s.Pay.AnnualMin, AnnualMax: s.Pay.AnnualMax, Suspect: s.Pay.Suspect,
	}
	s.Verdict.Evidence = nil
	if s.Hand != nil {
		s.Hand = &HandLabel{Label: s.Hand.Label, Function: s.Hand.Function}
	}
}

func briefPlaces(places []Place) []Place {
	var out []Place
	for i := range places {
		out = append(out, Place{City: places[i].City, State: places[i].State, Country: places[i].Country})
	}
	return out
}
