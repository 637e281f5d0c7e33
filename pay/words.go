package pay

import (
	"errors"
	"fmt"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// cue is a set of things that words near a figure may say about it.
type cue uint64

const (
	cuePay          cue = 1 << iota // names pay
	cueCTC                          // the figure is cost to company
	cueInHand                       // the figure is what is paid out
	cueGiven                        // the figure is what one will get
	cueUpto                         // before a figure: at most
	cueFrom                         // before a figure: at least
	cueUptoAfter                    // after a figure: at most
	cueFromAfter                    // after a figure: at least
	cueVariable                     // the variable part of pay
	cuePerk                         // comes with pay
	cueApplicant                    // what the applicant earns
	cueLaw                          // of a law, a scheme or a tax
	cueOther                        // a benefit or an allowance
	cueOnce                         // a bonus
	cueTaken                        // what the applicant pays
	cueFirm                         // of the employer or its clients
	cueCounted                      // after a figure: it counts these
	cueHidden                       // pay is spoken of without a figure
	cueUnpaid                       // the work is not paid
	cueForATime                     // it isn't only at first
	cueEstimate                     // the figure is the board's guess
	cuePeriod                       // names a period
	cuePeriodShort                  // names a period only after "per", a stroke and the like
	cuePer                          // "per", "a", प्रति
	cueOtherPeriod                  // a period or piece without a yearly figure
	cueNoPeriod                     // undoes a word of a period
	cueTo                           // stands between the two sides of a range
	cueSoft                         // says nothing, may come between
	cueLess                         // less than the figure: nobody offers that
	cueOtherShort                   // such a piece, only after "per", a stroke and the like
	cueLevel                        // a level of government pay
	cueRefer                        // a reward for bringing others
	cueRise                         // pay rises by the figure
	cueHiddenBeside                 // speaks of pay without a figure, beside a word for pay
)

// cueMoney are the cues of money that isn't the fixed pay of this job.
const cueMoney = cueVariable | cueApplicant | cueLaw | cueOther | cueOnce | cueTaken | cueFirm | cueRise | cueRefer

// sense is what a phrase says.
type sense struct {
	cue    cue
	period job.Period
}

// senses are what the lists of the lexicon say.
var senses = []struct {
	list string
	sense
}{
	{"pay-name", sense{cuePay, ""}},
	{"pay-by-day", sense{cuePay | cuePeriod, job.PerDay}},
	{"pay-ctc", sense{cuePay | cueCTC, ""}},
	{"pay-in-hand", sense{cuePay | cueInHand, ""}},
	{"pay-given", sense{cueGiven | cueSoft, ""}},
	{"at-most", sense{cueUpto, ""}},
	{"less-than", sense{cueUpto | cueLess, ""}},
	{"pay-per-other-short", sense{cueOtherShort, ""}},
	{"at-least", sense{cueFrom, ""}},
	{"at-most-after", sense{cueUptoAfter, ""}},
	{"at-least-after", sense{cueFromAfter, ""}},
	{"pay-variable", sense{cueVariable, ""}},
	{"pay-perk", sense{cuePerk, ""}},
	{"money-of-the-applicant", sense{cueApplicant, ""}},
	{"money-of-law", sense{cueLaw, ""}},
	{"money-for-another-use", sense{cueOther, ""}},
	{"money-once", sense{cueOnce, ""}},
	{"money-for-referring", sense{cueRefer, ""}},
	{"money-rise", sense{cueRise, ""}},
	{"money-taken", sense{cueTaken, ""}},
	{"money-of-the-firm", sense{cueFirm, ""}},
	{"counted", sense{cueCounted, ""}},
	{"pay-hidden", sense{cueHidden, ""}},
	{"pay-hidden-beside", sense{cueHiddenBeside, ""}},
	{"pay-none", sense{cueUnpaid, ""}},
	{"pay-none-for-a-time", sense{cueForATime, ""}},
	{"pay-estimate", sense{cueEstimate, ""}},
	{"pay-per-hour", sense{cuePeriod, job.PerHour}},
	{"pay-per-day", sense{cuePeriod, job.PerDay}},
	{"pay-per-week", sense{cuePeriod, job.PerWeek}},
	{"pay-per-month", sense{cuePeriod, job.PerMonth}},
	{"pay-per-year", sense{cuePeriod, job.PerYear}},
	{"pay-per-hour-short", sense{cuePeriodShort, job.PerHour}},
	{"pay-per-day-short", sense{cuePeriodShort, job.PerDay}},
	{"pay-per-week-short", sense{cuePeriodShort, job.PerWeek}},
	{"pay-per-month-short", sense{cuePeriodShort, job.PerMonth}},
	{"pay-per-year-short", sense{cuePeriodShort, job.PerYear}},
	{"pay-per", sense{cuePer, ""}},
	{"pay-per-other", sense{cueOtherPeriod, ""}},
	{"pay-period-of-something-else", sense{cueNoPeriod, ""}},
	{"range-to", sense{cueTo, ""}},
	{"pay-soft", sense{cueSoft, ""}},
	{"pay-level", sense{cueLevel, ""}},
}

// words are the lists of a lexicon and the words of a market, ready to be found
// in a text.
type words struct {
	market     *job.Market
	cues       *phrase.Set // a value is the place of a sense
	currencies *phrase.Table[string]
	units      map[string]float64

	joining      map[string]bool // join what comes with pay to it
	denying      map[string]bool // deny what comes after them
	denyingAfter map[string]bool // deny what comes before them
}

// load takes the lists from a lexicon. Its error says which it lacks.
func (w *words) load(x *lexicon.Lexicon, m *job.Market) error {
	w.market, w.cues, w.units = m, phrase.NewSet(), map[string]float64{}
	var errs []error
	for i, s := range senses {
		entries, err := x.Entries(s.list)
		errs = append(errs, err)
		for _, pattern := range entries {
			errs = append(errs, w.cues.Add(pattern, i))
		}
	}
	for _, u := range m.Units {
		for _, word := range u.Words {
			w.units[text.Parse(word).Tokens[0].Norm] = u.Factor
		}
	}
	for _, set := range []struct {
		list string
		to   *map[string]bool
	}{{"pay-joins", &w.joining}, {"pay-denied", &w.denying}, {"pay-denied-before", &w.denyingAfter}} {
		var err error
		*set.to, err = singleWords(x, set.list)
		errs = append(errs, err)
	}
	w.currencies = currencyTable(m)
	return errors.Join(errs...)
}

// singleWords gives the words of a list, in normal form. Its error says which of
// them isn't a single one.
func singleWords(x *lexicon.Lexicon, list string) (map[string]bool, error) {
	entries, err := x.Entries(list)
	set := make(map[string]bool, len(entries))
	for _, entry := range entries {
		d := text.Parse(entry)
		if len(d.Tokens) != 1 {
			err = errors.Join(err, fmt.Errorf("list %s: %q is not a single word", list, entry))
			continue
		}
		set[d.Tokens[0].Norm] = true
	}
	return set, err
}

// sign is one cue in a text: tokens first up to but not including end.
type sign struct {
	sense
	first, end int
}

// signsOf adds the cues of a text, in the order of their first tokens.
func (w *words) signsOf(d *text.Doc, signs []sign) []sign {
	w.cues.Visit(d, func(found []phrase.Found) {
		for _, f := range found {
			signs = append(signs, sign{senses[f.Value].sense, f.First, f.End})
		}
	})
	return signs
}
