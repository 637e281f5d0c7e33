package facts

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
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
	shift, education, experience, openings, mode, language, boilerplate *phrase.Values[string]
	// These find one list each.
	workingHours, interviewHours, placeOfWork *phrase.Values[string]
	// dayparts says which half of the day a time beside a word is in.
	dayparts *phrase.Table[string]
	// numbers gives what a word for a number stands for.
	numbers *phrase.Table[float64]
	// unitYears gives how many years a word after a number stands for.
	unitYears map[string]float64
	// These are words that a reader compares with what is in one place.
	ambiguous, headed, capitals, joins, wishedElse, anyOf, studies, proMasters, together, upwards, students, months, alsoOthers, fieldWords, asks, ofFirm, ofUs, begins, spentOn, otherYears, between, afterPost, noPosts, elsewhere, tools, noPlace, noTime map[string]bool
}

// The ends of the names of lists that aren't a level, language and so on, but
// say something about one beside them.
const (
	valueDenied     = "denied"
	valuePreferred  = "preferred"
	valuePreferably = "preferably"
	valueBarred     = "barred"
	valueHeading    = "heading"
	valueMarks      = "marks"
	valueOtherSense = "other-sense"
	valueDemanded   = "demanded"
	valueAsked      = "asked"
	valueWished     = "wished"
	valueOther      = "of-something-else"
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
	valueCounted    = "counted"
	valueLabelled   = "labelled"
	valuePeople     = "people"
	valueWanted     = "wanted"
	valueSought     = "wanted-before"
	valueRequired   = "required"
	valueFooter     = "footer-links"
	valueNotice     = "notices"
	valueApply      = "how-to-apply"
)

// load takes the lists from a lexicon.
func (w *words) load(x *lexicon.Lexicon) error {
	l := loader{x: x}
	w.shift = l.values("shift-", shiftValues()...)
	w.education = l.values("education-", educationValues()...)
	w.experience = l.values("experience-", experienceValues...)
	w.openings = l.values("openings-", openingValues...)
	w.mode = l.values("mode-", modeValues...)
	w.language = l.values("language-", languageValues(x)...)
	w.boilerplate = l.values("", valueFooter, valueNotice, valueApply)
	w.workingHours = l.values("", "working-hours")
	w.interviewHours = l.values("", "interview-hours")
	w.placeOfWork = l.values("", "place-of-work")
	w.dayparts = phrase.NewTable(l.byWord(map[string]string{
		"time-morning": "am", "time-afternoon": "pm", "time-night": "night",
	}))
	w.numbers = phrase.NewTable(l.numbers())
	w.unitYears = map[string]float64{}
	for unit, years := range map[string]float64{"unit-years": 1, "unit-months": month} {
		for word := range l.set(unit) {
			w.unitYears[word] = years
		}
	}
	for name, set := range map[string]*map[string]bool{
		"education-ambiguous": &w.ambiguous, "education-headed": &w.headed, "education-capitals": &w.capitals,
		"education-joins": &w.joins, "wishes-of-something-else": &w.wishedElse, "education-any": &w.anyOf,
		"study-fields": &w.studies, "masters-of-professions": &w.proMasters, "education-together": &w.together,
		"education-upwards": &w.upwards, "students": &w.students, "months": &w.months,
		"experience-others": &w.alsoOthers, "experience-field-words": &w.fieldWords, "experience-asked": &w.asks,
		"experience-of-firm": &w.ofFirm, "experience-of-us": &w.ofUs, "experience-begins": &w.begins, "experience-done": &w.spentOn, "years-of-something-else": &w.otherYears,
		"openings-between": &w.between, "openings-after-post": &w.afterPost, "openings-not-posts": &w.noPosts, "openings-elsewhere": &w.elsewhere,
		"remote-tools": &w.tools, "no-place": &w.noPlace, "no-time": &w.noTime,
	} {
		*set = l.set(name)
	}
	return errors.Join(l.errs...)
}

// The values that each fact is read from, in the order of precedence where one
// phrase stands for several.
var (
	experienceValues = []string{
		valueNamed, valueTotal, valueLeast, valueMost, valueAbove, valueBelow, valuePreferred, valueOnly, valueFresher,
		valueNotNeeded, valueNoFresher, valueMet,
	}
	openingValues = []string{valueLabelled, valueCounted, valuePeople, valueWanted, valueSought, valueRequired}
	modeValues    = []string{string(job.ModeRemote), string(job.ModeHybrid), string(job.ModeOnsite)}
)

func shiftValues() []string { return append(names(job.Shifts), valueDenied) }

func educationValues() []string {
	return append(names(job.EducationLevels), valuePreferred, valuePreferably, valueDenied, valueBarred,
		valueHeading, valueDemanded, valueMarks, valueOtherSense)
}

func languageValues(x *lexicon.Lexicon) []string {
	return append(languageCodes(x), valueAsked, valueWished, valueOther)
}

func names[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// languageCodes gives the codes of the languages that a lexicon knows, in order.
func languageCodes(x *lexicon.Lexicon) []string {
	const longest = 3
	var out []string
	for _, l := range x.Lists() {
		code, ok := strings.CutPrefix(l.Name, "language-")
		if ok && len(code) <= longest {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// loader takes lists from a lexicon and gathers what is wrong.
type loader struct {
	x    *lexicon.Lexicon
	errs []error
}

func (l *loader) entries(name string) []string {
	entries, err := l.x.Entries(name)
	if err != nil {
		l.errs = append(l.errs, err)
	}
	return entries
}

// values makes a set of the lists whose names are prefix and a value.
func (l *loader) values(prefix string, values ...string) *phrase.Values[string] {
	vs := phrase.NewValues[string]()
	for _, v := range values {
		if err := vs.Add(v, l.entries(prefix+v)...); err != nil {
			l.errs = append(l.errs, err)
		}
	}
	return vs
}

// set gives the entries of a list in the form of phraseOf.
func (l *loader) set(name string) map[string]bool {
	out := map[string]bool{}
	for _, e := range l.entries(name) {
		d := text.Parse(e)
		out[phraseOf(d, 0, len(d.Tokens))] = true
	}
	return out
}

// numbers gives what words for numbers stand for: the ends of the names of their
// lists.
func (l *loader) numbers() map[string]float64 {
	out := map[string]float64{}
	for _, list := range l.x.Lists() {
		v, err := strconv.ParseFloat(strings.TrimPrefix(list.Name, "number-"), 64)
		if err != nil || !strings.HasPrefix(list.Name, "number-") {
			continue
		}
		for word := range l.set(list.Name) {
			out[word] = v
		}
	}
	return out
}

// byWord gives the words of lists their values.
func (l *loader) byWord(values map[string]string) map[string]string {
	out := map[string]string{}
	for name, v := range values {
		for word := range l.set(name) {
			out[word] = v
		}
	}
	return out
}
