package facts

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
)

// Reader reads facts with the words of one lexicon. It may be used by several
// goroutines.
type Reader struct{ words }

// New makes a reader. Its error says which list of words it lacks.
func New(x *lexicon.Lexicon) (*Reader, error) {
	r := &Reader{}
	return r, r.load(x)
}

// Standard is the reader with the words that come with the program.
var Standard = sync.OnceValue(func() *Reader {
	r, err := New(lexicon.Embedded())
	if err != nil {
		panic(err) // the lexicon is embedded, and tests read it
	}
	return r
})

// words are the lists of a lexicon, ready to be found in a text.
type words struct {
	// These find the lists of a fact; a value is the end of a list's name.
	education, experience, openings, mode, modeParts, language, boilerplate, skills *phrase.Values[string]
	// shift finds what names a shift by itself, hours what does beside other words,
	// and forCountry work for a country.
	shift, forCountry *phrase.Values[job.Shift]
	hours             *phrase.Values[shiftWord]
	// denials finds what takes something back.
	denials *phrase.Values[denial]
	// These find one list each, otherHours and besideLanguage two.
	workingHours, hoursBefore, daysOfWork, otherHours, thePublic, ownHours, startsWork *phrase.Values[string]
	endsWork, endedWork, daily, ofOthers, placeOfWork, placeInName, ownOffice          *phrase.Values[string]
	besideLanguage, workplaces                                                         *phrase.Values[string]
	// dayparts says which half of the day a time beside a word is in, hourParts how
	// many minutes after an hour it is, and hourNames which hour a word is.
	dayparts             *phrase.Table[half]
	hourParts, hourNames *phrase.Table[int]
	// dates says what words mean in a date.
	dates *phrase.Table[dateWord]
	// numbers gives what a word for a number stands for.
	numbers *phrase.Table[float64]
	// starts has the words that a number, a time of day or an amount of years may begin
	// with.
	starts *phrase.Table[bool]
	// unitYears gives how many years a word after a number stands for.
	unitYears map[string]float64
	// located remembers what locations were read as.
	located *located
	// farAway makes "remote" far off; after contrasts a sentence is about another thing.
	farAway, contrasts map[string]bool
	// These are words that a reader compares with what is in one place.
	noPlace, placeJoins, streets, clauseEnds, ambiguous, headed, capitals      map[string]bool
	joins, wishedElse, anyOf, studies, proMasters, together, upwards           map[string]bool
	students, months, alsoOthers, fieldWords, asks, ofFirm, ofUs               map[string]bool
	shortNames, listedNames, begins, spends, spentOn, otherYears, between      map[string]bool
	afterPost, noPosts, elsewhere, noTime, asFar, taughtAs, teaches            map[string]bool
	learners, afterCount, holders, owners, toBe, papers, failed                map[string]bool
	modeOf, modeIs, besideShifts, shiftsAre, timeZones, clockMarks, clockUntil map[string]bool
	ofDaypart, clockEnds, ownInstead, since, stands, prepositions, placeNeeds  map[string]bool
	placeBetween, streetKinds, placeFirms, things, toOthers, notThere, sought  map[string]bool
	notSought, district, placeOf, placeAt, dwelling, distance, turns           map[string]bool
	dozens, half, both, more, moreEnds, all, otherLabel                        map[string]bool
	doers, unasked, atLargeToo, goesOn, houses, people, wantedAs               map[string]bool
	beyond, introduced, persons, served, participles, soughtBefore, perfective map[string]bool
	notBefore, notSpent, andHalf, ofSuch, askedIn, askedWithin, clockAbout     map[string]bool
	noTimeAfter, theirs, practices, dealings, toThem, aboveUs, classWords      map[string]bool
	passes, proofs, kinds, terms, sumsUp, only, fromFresher                    map[string]bool
	thoseWith, countedFrom, seated, bounded, bounds, themselves                map[string]bool
	givenTo, homes, anybody, crowds                                            map[string]bool
	chiefs, afterOne, apiece, saidThere, workers, within, below                map[string]bool
}

// The ends of the names of lists that aren't a level, language and so on, but
// say something about one beside them.
const (
	valueDenied     = "denied"
	valueWork       = "work"
	valuePreferred  = "preferred"
	valuePreferably = "preferably"
	valueBarred     = "barred"
	valueHeading    = "heading"
	valueMarks      = "marks"
	valueNothing    = "nothing"
	valueUnasked    = "unasked"
	valueExcluded   = "excluded"
	valueAtLarge    = "at-large"
	valueEarned     = "earned"
	valueOtherSense = "other-sense"
	valueDemanded   = "demanded"
	valueAsked      = "asked"
	valueWished     = "wished"
	valueUsable     = "usable"
	valueDoing      = "doing"
	valueWithin     = "within"
	valueAble       = "able"
	valueOthers     = "others"
	valueSpeak      = "others-speak"
	valueLeft       = "work-left"
	valueAgain      = "again"
	valueAgainAll   = "again-all"
	valueCopula     = "copula"
	valueDishes     = "dishes"
	valueOther      = "of-something-else"
	valueNotAsked   = "not-asked-after"
	valueNamed      = "named"
	valueLeast      = "least"
	valueMost       = "most"
	valueAbove      = "above"
	valueTotal      = "total"
	valueBelow      = "below"
	valueNotNeeded  = "not-needed"
	valueMet        = "freshers-met"
	valueFresher    = "freshers"
	valueOnly       = "freshers-only"
	valueNoFresher  = "no-freshers"
	valueTurnedAway = "turned-away"
	valueAnother    = "another"
	valueTeachesYou = "teaches-you"
	valuePromised   = "promised"
	valueCounted    = "counted"
	valueLabelled   = "labelled"
	valuePeople     = "people"
	valueWanted     = "wanted"
	valueSought     = "wanted-before"
	valueRequired   = "required"
	valueTaken      = "taken"
	valueSingle     = "single"
	valuePieces     = "pieces"
	valuePublished  = "published"
	valueThere      = "there"
	valuePast       = "past"
	valueFooter     = "footer-links"
	valueNotice     = "notices"
	valueApply      = "how-to-apply"

	placeLabelled    = "place-labelled"
	placeNamedNext   = "place-named-next"
	placeNamedBefore = "place-named-before"
	placeElsewhere   = "place-elsewhere"
	placeHeaded      = "place-headed"
	placeBeside      = "place-beside"
	placeAbroad      = "place-abroad"
	placeNeeds       = "place-needs"
	placeThere       = "place-there"
	placeWorkplace   = "place-workplace"
	placeEmployer    = "place-employer"
)

// load takes the lists from a lexicon.
func (w *words) load(x *lexicon.Lexicon) error {
	l := loader{x: x, all: phrase.NewTogether()}
	// A description is read for boilerplate before all else is looked for in what is left.
	first := loader{x: x, all: phrase.NewTogether()}
	w.boilerplate = first.values("", valueFooter, valueNotice, valueApply)
	w.located = &located{}
	w.loadShifts(&l)
	w.denials = valuesOf(&l, map[string]denial{
		"denies-what-follows": deniesAfter, "denies-what-stands-before": deniesBefore,
		"not-to-be-had":  deniesBefore,
		"whether-or-not": deniesNone, "on-condition": deniesNone,
	})
	w.education = l.values("education-", educationValues()...)
	w.experience = l.values("experience-", experienceValues...)
	w.openings = l.values("openings-", openingValues...)
	w.mode = l.values("mode-", modeValues...)
	w.modeParts = l.values("mode-", modeAtHome, modeAtWork, modeAPart)
	w.language = l.values("language-", languageValues(x)...)
	w.skills = l.values("", skillLists(x)...)
	w.workingHours = l.values("", "working-hours")
	w.hoursBefore = l.values("", "working-hours-before")
	w.daysOfWork = l.values("", "days-of-work")
	w.otherHours, w.thePublic = l.values("", "interview-hours", "public-hours"), l.values("", "the-public")
	w.placeOfWork = l.values("", placeElsewhere, placeLabelled, placeHeaded, placeNamedNext, placeNamedBefore,
		placeBeside, placeAbroad, placeThere, placeNeeds)
	w.startsWork, w.endsWork = l.values("", "work-begins"), l.values("", "work-ends")
	w.endedWork, w.daily = l.values("", "work-ends-after", valueLeft), l.values("", "every-day")
	w.ofOthers = l.values("", "of-others")
	w.workplaces = l.values("", placeWorkplace, placeEmployer)
	w.ownOffice = l.values("", "place-of-office")
	w.placeInName = l.values("", "place-in-name")
	w.besideLanguage = l.values("language-", valueNotAsked, "wished-after", valueOthers, valueSpeak, valueCopula,
		valueDishes)
	w.ownHours = l.values("", "own-hours")
	w.loadClock(&l)
	w.loadDates(&l)
	w.numbers = phrase.NewTable(l.numbers())
	w.unitYears = map[string]float64{}
	for unit, years := range map[string]float64{"unit-decades": 10, "unit-years": 1, "unit-months": month} {
		for word := range l.set(unit) {
			w.unitYears[word] = years
		}
	}
	for name, set := range w.sets() {
		*set = l.set(name)
	}
	return errors.Join(errors.Join(first.errs...), errors.Join(l.errs...))
}

// sets are the lists whose words are compared with what is in one place.
func (w *words) sets() map[string]*map[string]bool {
	return map[string]*map[string]bool{
		"education-ambiguous": &w.ambiguous, "education-headed": &w.headed, "education-capitals": &w.capitals,
		"education-joins": &w.joins, "wishes-of-something-else": &w.wishedElse, "education-any": &w.anyOf,
		"study-fields": &w.studies, "masters-of-professions": &w.proMasters, "education-together": &w.together,
		"education-upwards": &w.upwards, "education-papers": &w.papers, "education-failed": &w.failed,
		"students": &w.students, "education-at-large-too": &w.atLargeToo, "education-goes-on": &w.goesOn,
		"education-houses": &w.houses, "education-people": &w.people, "education-wanted": &w.wantedAs,
		"education-as-far":  &w.asFar,
		"education-offered": &w.taughtAs, "education-taught": &w.teaches, "education-learners": &w.learners,
		"education-theirs": &w.theirs, "education-practices": &w.practices, "education-dealings": &w.dealings,
		"education-to-them": &w.toThem, "education-above-us": &w.aboveUs,
		"education-in": &w.within, "education-below": &w.below,
		"education-proofs": &w.proofs, "education-classes": &w.classWords, "education-passes": &w.passes,
		"experience-others": &w.alsoOthers, "experience-field-words": &w.fieldWords, "experience-asked": &w.asks,
		"experience-of-firm": &w.ofFirm, "experience-of-us": &w.ofUs, "experience-begins": &w.begins,
		"experience-spends": &w.spends, "experience-beyond": &w.beyond,
		"experience-introduced": &w.introduced, "experience-not-after": &w.notBefore,
		"experience-perfective": &w.perfective, "experience-of-such": &w.ofSuch,
		"experience-persons": &w.persons, "experience-served": &w.served, "experience-participles": &w.participles,
		"experience-sought-before": &w.soughtBefore, "experience-not-spent": &w.notSpent,
		"experience-only": &w.only, "experience-from-freshers": &w.fromFresher,
		"experience-those-with": &w.thoseWith, "years-counted-from": &w.countedFrom,
		"number-and-half": &w.andHalf,
		"experience-done": &w.spentOn, "years-of-something-else": &w.otherYears, "years-since": &w.since,
		"openings-between": &w.between, "openings-after-post": &w.afterPost, "openings-not-posts": &w.noPosts,
		"openings-elsewhere": &w.elsewhere, "openings-after-count": &w.afterCount, "openings-holders": &w.holders,
		"openings-owners": &w.owners, "openings-needs": &w.toBe, "openings-kind": &w.kinds,
		"openings-dozens": &w.dozens, "openings-half": &w.half, "openings-both": &w.both,
		"openings-more": &w.more, "openings-more-ends": &w.moreEnds, "openings-all": &w.all,
		"openings-of-label": &w.otherLabel, "openings-denied": &w.unasked, "openings-doers": &w.doers,
		"openings-seated": &w.seated, "openings-bounded": &w.bounded, "openings-bounds": &w.bounds,
		"openings-themselves": &w.themselves,
		"openings-terms":      &w.terms,
		"openings-joins":      &w.sumsUp,
		"openings-given-to":   &w.givenTo,
		"openings-homes":      &w.homes,
		"openings-anybody":    &w.anybody,
		"openings-crowds":     &w.crowds,
		"openings-chiefs":     &w.chiefs,
		"openings-after-one":  &w.afterOne,
		"openings-apiece":     &w.apiece,
		"openings-said":       &w.saidThere,
		"openings-workers":    &w.workers,
		"no-time":             &w.noTime, "no-place": &w.noPlace, "place-joins": &w.placeJoins,
		"place-streets": &w.streets,
		"beside-shifts": &w.besideShifts, "shifts-are": &w.shiftsAre, "time-zones": &w.timeZones,
		"far-away": &w.farAway, "place-contrasts": &w.contrasts, "place-clause-ends": &w.clauseEnds,
		"mode-of":               &w.modeOf,
		"mode-is":               &w.modeIs,
		"language-short":        &w.shortNames,
		"language-short-listed": &w.listedNames,
		"clock-marks":           &w.clockMarks,
		"clock-until":           &w.clockUntil,
		"place-stands":          &w.stands,
		"place-things":          &w.things,
		"place-to-others":       &w.toOthers,
		"place-between":         &w.placeBetween,
		"place-street-kinds":    &w.streetKinds,
		"place-firms":           &w.placeFirms,
		"place-of":              &w.placeOf,
		"place-not-there":       &w.notThere,
		"place-not-sought":      &w.notSought,
		"place-sought":          &w.sought,
		"place-district":        &w.district,
		"place-needs":           &w.placeNeeds,
		"place-prepositions":    &w.prepositions,
		"place-at":              &w.placeAt,
		"asked-in":              &w.askedIn,
		"asked-within":          &w.askedWithin,
		"clock-ends":            &w.clockEnds,
		"own-instead":           &w.ownInstead,
		"of-daypart":            &w.ofDaypart,
		"place-dwelling":        &w.dwelling,
		"place-turns":           &w.turns,
		"place-distance":        &w.distance,
		"clock-about":           &w.clockAbout,
		"no-time-after":         &w.noTimeAfter,
	}
}

// loadShifts takes the lists of words that name hours.
func (w *words) loadShifts(l *loader) {
	named, country, hours := map[string]job.Shift{}, map[string]job.Shift{}, map[string]shiftWord{
		"shift-noun": {role: roleShift}, "shift-work": {role: roleWork}, "hours-noun": {role: roleHours},
		"duty-noun": {role: roleDuty}, "ready-for-shifts": {role: roleReady}, "no-shift": {role: roleNothing},
	}
	for _, s := range job.Shifts {
		for _, list := range shiftLists(l.x, s) {
			switch kind, _, _ := strings.Cut(list, "-"); kind {
			case "shift":
				named[list] = s
			case "hours":
				hours[list] = shiftWord{roleOfHours, s}
			case "turns":
				hours[list] = shiftWord{roleOfShift, s}
			case "for":
				country[list] = s
			}
		}
	}
	w.shift, w.forCountry, w.hours = valuesOf(l, named), valuesOf(l, country), valuesOf(l, hours)
}

// shiftLists gives the names of the lists that a shift is read from.
func shiftLists(x *lexicon.Lexicon, s job.Shift) (lists []string) {
	for _, kind := range []string{"hours-", "turns-", "shift-", "for-"} {
		if list := kind + string(s); x.Has(list) {
			lists = append(lists, list)
		}
	}
	return lists
}

// loadClock takes the lists of words beside hours of the clock.
func (w *words) loadClock(l *loader) {
	dayparts := map[string]half{
		"time-morning": halfMorning, "time-afternoon": halfEvening, "time-night": halfNight,
		"time-noon": halfNoon, "time-midnight": halfMidnight,
	}
	parts := map[string]int{"half-past": 30, "quarter-past": 15, "quarter-to": -15}
	hours := map[string]int{}
	for word, n := range l.numbers() {
		if whole := int(n); n == float64(whole) && whole <= 12 {
			hours[word] = whole
		}
	}
	w.dayparts, w.hourParts, w.hourNames = tableOf(l, dayparts), tableOf(l, parts), phrase.NewTable(hours)
	starts := map[string]bool{"a": true, "half": true}
	maps.Copy(starts, l.set("number-and-half"))
	for _, list := range slices.Concat(slices.Collect(maps.Keys(dayparts)), slices.Collect(maps.Keys(parts))) {
		maps.Copy(starts, l.set(list))
	}
	for word := range l.numbers() {
		starts[word] = true
	}
	w.starts = phrase.NewTable(starts)
}

// loadDates takes the lists of words in dates.
func (w *words) loadDates(l *loader) {
	dates := map[string]dateWord{}
	add := func(list string, word dateWord) {
		for entry := range l.set(list) {
			dates[entry] = word
		}
	}
	w.months = map[string]bool{}
	for m := 1; m <= 12; m++ {
		list := fmt.Sprintf("month-%d", m)
		add(list, dateWord{dateMonth, m})
		maps.Copy(w.months, l.set(list))
	}
	for list, word := range map[string]dateWord{
		"date-lead": {dateLead, 0}, "date-ago": {dateAgo, 0}, "date-over": {dateOver, 0},
		"date-today": {dateBack, 0}, "date-yesterday": {dateBack, 1}, "date-before-yesterday": {dateBack, 2},
		"unit-moments": {dateMinutes, 0}, "unit-minutes": {dateMinutes, 1},
		"unit-hours": {dateMinutes, hour}, "date-half": {dateHalf, 0},
		"unit-days": {dateDays, 1}, "unit-weeks": {dateDays, 7},
		"unit-months": {dateMonths, 1}, "short-months": {dateMonths, 1}, "unit-years": {dateMonths, 12},
	} {
		add(list, word)
	}
	w.dates = phrase.NewTable(dates)
}

// The values that each fact is read from, in the order of precedence where one
// phrase stands for several.
var (
	experienceValues = []string{
		valueNamed, valueTotal, valueLeast, valueMost, valueAbove, valueBelow, valuePreferred, valueOnly, valueFresher,
		valueNotNeeded, valueNoFresher, valueMet, valueDemanded, valueTurnedAway, valueAnother, valueTeachesYou,
		valuePromised,
	}
	openingValues = []string{
		valueLabelled, valueCounted, valuePeople, valueWanted, valueSought, valueRequired, valueTaken, valueSingle,
		valuePieces, valuePublished, valueTotal, valueThere, valuePast,
	}
	modeValues = []string{
		string(job.ModeRemote), string(job.ModeHybrid), string(job.ModeOnsite),
		modeDaysAtOffice, modeDaysAtHome, modeAtOffice, modeWordRemote, modeWordHybrid, modeWordOnsite,
		modeApartOnsite, modeApartRemote,
		modeNothing, modeMaybe, modeForSome, modeOnlySome,
	}
)

func educationValues() []string {
	return append(names(job.EducationLevels), valuePreferred, valuePreferably, valueDenied, valueBarred,
		valueUnasked, valueExcluded, valueAtLarge, valueEarned, valueHeading, valueDemanded, valueMarks, valueNothing,
		valueOtherSense)
}

func languageValues(x *lexicon.Lexicon) []string {
	return append(languageCodes(x), valueAsked, valueDemanded, valueWork, valueUsable, valueDoing, valueWithin,
		valueAble, valueWished, valueOther, valueAgain, valueAgainAll)
}
