package vacancy

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jobsieve/job"
	"jobsieve/text"
)

// MinText is the length from which a description decides, in bytes. Below it title,
// employer and places must be alike.
const MinText = 200

// Traits are what of a posting decides which vacancy it is of.
type Traits struct {
	// Title has the words of the title in normal form that name the work, each once, in
	// order: those of the employer, of places and of advertising are left out.
	Title []string
	// Employer is its EmployerKey, empty where none is named; Cut says that the board cut
	// its name.
	Employer string
	Cut      bool
	// Number is what the board knows the posting by, as host and number; empty where its
	// address ends in none.
	Number string
	// Date is the day on which the posting was put up; zero where it states none.
	Date time.Time
	// Guards are what may not differ.
	Guards Guards

	body     []string // the words of a description of MinText at least
	shingles []uint64 // of body
}

// TraitsOf gives the traits of a posting, of its facts and of its pay.
func TraitsOf(p *job.Posting, f *job.Facts, pay *job.Pay) Traits {
	body := text.Words(text.Cut(p.Description))
	company := rating.ReplaceAllString(p.Company, "")
	t := Traits{Employer: EmployerKey(company), Number: numberOf(p.URL)}
	t.Date = dateOf(p.Posted, t.Number)
	if cut, ok := strings.CutSuffix(strings.TrimSpace(company), "..."); ok {
		t.Employer, t.Cut = strings.Join(text.Words(cut), " "), true
	}
	title := text.Words(text.Cut(p.Title))
	t.Title = titleOf(title, text.Words(text.Cut(company)), text.Words(text.Cut(p.Location)), placeWords(f.Places))
	t.Guards = guardsOf(p, f, pay, title, body)
	if len(p.Description) >= MinText {
		t.body, t.shingles = body, shinglesOf(body)
		t.Guards.Text = t.HasText()
	}
	return t
}

// minNumber is how many digits the number of a posting has at least: fewer may be a PIN code.
const minNumber = 8

// numberOf gives the host of an address and the number at its end.
func numberOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	path, _, _ := strings.Cut(rest, "?")
	host, _, _ := strings.Cut(path, "/")
	number := path[len(strings.TrimRight(path, "0123456789")):]
	if len(number) < minNumber {
		return ""
	}
	return host + " " + number
}

// dated is a number by which a board tells the day on which it was given, as 310125 for
// 31 January 2025, and six digits more.
var dated = regexp.MustCompile(`\.naukri\.com ([0-9]{6})[0-9]{6}$`)

// dateOf gives the day of a posting by its number, or as it is posted; zero where it says none,
// as "30+ days ago" doesn't.
func dateOf(posted, number string) time.Time {
	if found := dated.FindStringSubmatch(number); found != nil {
		if day, err := time.Parse("020106", found[1]); err == nil {
			return day
		}
	}
	day, err := time.Parse(time.DateOnly, posted[:min(len(posted), len(time.DateOnly))])
	if err != nil {
		return time.Time{}
	}
	return day
}

// HasText reports a description that is long enough to decide.
func (t *Traits) HasText() bool { return len(t.shingles) > 0 }

// tells reports a text that has a word of a title.
func (t *Traits) tells(word string) bool {
	return slices.ContainsFunc(t.body, func(have string) bool { return plain(have) == word })
}

// tellsAll reports a text that has all of some words of a title.
func (t *Traits) tellsAll(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !t.tells(w) })
}

// tellsOf reports a text that has one of some words of a title, if it is no grade: texts
// don't tell these.
func (t *Traits) tellsOf(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return isGrade(w) || t.tells(w) })
}

// mostName is how many words of a name are looked for in a text; an honest one has fewer.
const mostName = 12

// names reports a text that names the employer of another posting, whose copy it may be.
func (t *Traits) names(other *Traits) bool {
	name := strings.Fields(other.Employer)
	if len(name) == 0 || len(name) > min(mostName, len(t.body)) {
		return false
	}
	for i := range len(t.body) - len(name) + 1 {
		if slices.Equal(t.body[i:i+len(name)], name) {
			return true
		}
	}
	return false
}

// employerStart is how many words of an employer's name Keys compares: what boards cut
// or leave out is at its end.
const employerStart = 2

// Keys gives what a posting may share with others of its vacancy, as numbers that mean the
// same in every process: the bands of its text, and one for title, employer and places, or
// for title, places and experience where no employer is named. With a text it has one for
// title and employer, too: of a text and a short part of it few bands agree. Postings that
// share none are not compared.
func (t *Traits) Keys() []Key {
	keys := bandsOf(t.shingles)
	if len(t.Title) == 0 || t.Employer == "" && !t.HasText() {
		return keys
	}
	words := strings.Fields(t.Employer)
	start := singular(strings.Join(words[:min(len(words), employerStart)], " "))
	if least := t.Guards.ExperienceMin; start == "" && least != nil {
		start = strconv.FormatFloat(*least, 'f', -1, 64)
	}
	title := strings.Join(t.Title, " ")
	if t.HasText() && t.Employer != "" {
		keys = append(keys, keyOf(hashOf("text", title, start)))
	}
	return append(keys, keyOf(hashOf("head", title, start, t.Guards.place())))
}

// rating is what a board adds to an employer's name: "Acme3.9(39 Reviews)".
var rating = regexp.MustCompile(`(?i)\s*[0-5](\.[0-9])?\s*\([0-9,]+ reviews?\)$`)

// advertising are words of titles that say nothing of the work, in normal form.
var advertising = words(`hiring urgent urgently immediate immediately required requirement requirements
	vacancy vacancies opening openings post posts position positions job jobs walk in walkin drive wanted need needed looking for we are
	is at a an the of and or with to on apply now join joiner joiners mega direct freshers fresher can
	location work from pan india role roles today interview interviews st nd rd th
	jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september
	october november december`)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// mostTitle is how many words of a title count; an honest one has fewer.
const mostTitle = 40

// titleOf leaves out of a title what isn't the work, such as the words of the employer and
// of places, but never all of it.
func titleOf(title []string, names ...[]string) []string {
	leftOut := map[string]bool{}
	for _, w := range slices.Concat(names...) {
		leftOut[w] = true
	}
	title = title[:min(len(title), mostTitle)]
	var out []string
	for _, w := range withoutPraise(abbreviated(title)) {
		if !advertising[w] && !leftOut[w] && !isDate(w) {
			out = append(out, plain(w))
		}
	}
	if len(out) == 0 {
		for _, w := range title {
			out = append(out, plain(w))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// abbreviations are pairs of words that titles use the first letters of instead.
var abbreviations = map[[2]string]string{
	{"machine", "learning"}: "ml", {"artificial", "intelligence"}: "ai",
	{"human", "resource"}: "hr", {"human", "resources"}: "hr",
}

// abbreviated gives a title with the abbreviations for its words.
func abbreviated(title []string) []string {
	out := make([]string, 0, len(title))
	for _, w := range title {
		last := len(out) - 1
		if last < 0 || abbreviations[[2]string{out[last], w}] == "" {
			out = append(out, w)
			continue
		}
		out[last] = abbreviations[[2]string{out[last], w}]
	}
	return out
}

// praise stands before what a title asks of people, as "Good Communication" does.
var praise = words("good excellent strong fluent")

// withoutPraise leaves out of a title the words of praise, and communication after them.
func withoutPraise(title []string) []string {
	out := make([]string, 0, len(title))
	for i, w := range title {
		after := i > 0 && praise[title[i-1]]
		if !praise[w] && (!after || plain(w) != "communication") {
			out = append(out, w)
		}
	}
	return out
}

// isDate reports a number that is no grade: days, years, and how many are wanted.
func isDate(w string) bool {
	_, err := strconv.ParseFloat(w, 64)
	return err == nil && grades[w] == ""
}

// synonyms are words that titles use for one another.
var synonyms = map[string]string{"developer": "engineer", "sw": "software"}

// plain gives what a word of a title is taken for: no plural, no short form.
func plain(w string) string {
	if grade := grades[w]; grade != "" {
		return grade
	}
	const shortest = 4
	if one, ok := strings.CutSuffix(w, "s"); ok && len(w) > shortest && !strings.HasSuffix(one, "s") {
		w = one
	}
	return cmp.Or(synonyms[w], w)
}

// placeWords gives the words of places, as they were written and as they are called today.
func placeWords(places []job.Place) (out []string) {
	for i := range places {
		p := &places[i]
		out = append(out, text.Words(p.Raw+" "+string(p.City)+" "+string(p.State))...)
	}
	return out
}
