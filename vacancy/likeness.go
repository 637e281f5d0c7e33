package vacancy

import (
	"fmt"
	"slices"
	"strings"
)

// Verdict says what two postings are to one another.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"      // of the same vacancy
	Linked    Verdict = "linked"    // the same posting for another city: not the same vacancy
	Different Verdict = "different" // neither
)

// Likeness is what two postings have in common.
type Likeness struct {
	Verdict Verdict
	// Score is how alike the postings are but for the guards, from 0 to 1.
	Score float64
	// Text, Title and Employer are how alike these are, from 0 to 1. Text is -1 where one
	// of the descriptions is shorter than MinText.
	Text, Title, Employer float64
	// Against are the guards that keep the postings apart.
	Against []Guard
	// Agreed says for people what agrees: "text 0.97", "title", "city".
	Agreed []string
}

// The parts of a score, with descriptions and without.
const (
	partText, partTitle, partEmployer = 0.6, 0.25, 0.15
	partTitleAlone, partEmployerAlone = 0.6, 0.4
)

// From these on texts and titles are alike, set on pairs of real postings that people
// judged. What is between them and 1 is what boards change; below, the same text is an
// employer's boilerplate. Where cities and experience are stated and agree, less is enough;
// where ranges of years or grades differ a little, and where a title has words that a text
// doesn't tell, more is needed.
const (
	leastText, leastTitle = 0.68, 0.65
	leastTextAgreed       = 0.6
	leastTextAgain        = 0.5
	leastTextApart        = 0.9
	leastTextUntold       = 0.98
)

// Where titles differ, a text shorter than longText may be the template of both. Titles that
// each have a word of their own, as "Service Purchase" and "Logistics Purchase" do, are those
// of one vacancy only where cities and experience agree, too.
const (
	leastTextOwnWords, leastTitleOwnWords = 0.8, 0.5
	longText                              = 80 // shingles
)

// Compare says what two postings are to one another. It is the same whichever comes first.
func Compare(a, b *Traits) Likeness {
	l := Likeness{
		Text: -1, Title: titlesAlike(joined(a.Title, b.Title), joined(b.Title, a.Title)),
		Employer: employersAlike(a, b), Against: a.Guards.Against(&b.Guards), Verdict: Different,
	}
	if a.HasText() && b.HasText() {
		l.Text = textsAlike(a.shingles, b.shingles)
		l.Score = partText*l.Text + partTitle*l.Title + partEmployer*l.Employer
	} else {
		l.Score = partTitleAlone*l.Title + partEmployerAlone*l.Employer
	}
	l.Verdict = l.verdict(a, b)
	l.Agreed = append(l.agreed(), a.Guards.agreed(&b.Guards, l.Against)...)
	return l
}

func (l *Likeness) agreed() (out []string) {
	if l.Text >= 0 {
		out = append(out, fmt.Sprintf("text %.2f", l.Text))
	}
	if l.Title == 1 {
		out = append(out, "title")
	}
	if l.Employer == 1 {
		out = append(out, "employer")
	}
	return out
}

func (l *Likeness) verdict(a, b *Traits) Verdict {
	alike := l.alikeInText(a, b)
	if l.Text < 0 {
		alike = l.alikeInHead(a, b)
	}
	switch {
	case !alike:
		return Different
	case len(l.Against) == 0:
		return Same
	case slices.Equal(l.Against, []Guard{GuardCity}):
		return Linked
	}
	return Different
}

// alikeInText reports texts and titles that are alike. Under the names of two employers, and
// under titles that say only a grade, they count where what they ask for agrees, too. What
// names no employer comes from boards that put a family of work for a title: so it decides
// nothing where all else agrees. Titles and lists of cities may not both differ.
func (l *Likeness) alikeInText(a, b *Traits) bool {
	years, cities := a.Guards.sameLeast(&b.Guards), a.Guards.sameCities(&b.Guards)
	agreed := years && cities
	switch {
	case l.Text < l.leastTextOf(a, b, agreed):
		return false
	case !namesWork(a.Title) && !namesWork(b.Title) && !l.alikeUnderGrade(a, b, years):
		return false
	case l.Employer == 0 && !agreed && !l.isCopy(a, b, cities):
		return false
	case l.Title == 1, l.Employer == unknownEmployer && l.Text >= leastText && agreed && a.Guards.sameRange(&b.Guards):
		return true
	}
	return !a.Guards.otherList(&b.Guards) && l.alikeUnderTitles(a, b, agreed)
}

// isCopy reports a text that names the other one's employer, or that tells the same years for the
// same cities.
func (l *Likeness) isCopy(a, b *Traits, cities bool) bool {
	return a.names(b) || b.names(a) || cities && a.Guards.tellSameYears(&b.Guards)
}

// alikeUnderGrade reports texts that are alike enough under titles that say only a grade: what
// is in another text may be all that an employer says of itself. Experience that is stated must
// agree, or the texts be equal, for the same cities.
func (l *Likeness) alikeUnderGrade(a, b *Traits, years bool) bool {
	equal := l.Text >= leastTextUntold && a.Guards.sameCities(&b.Guards)
	return equal || years && l.Text > asContained
}

// leastTextOf is how alike the texts of two postings have to be. The grade of a title that is a
// family of work says nothing.
func (l *Likeness) leastTextOf(a, b *Traits, agreed bool) float64 {
	switch {
	case l.Employer == unknownEmployer && agreed && a.Guards.sameRange(&b.Guards):
		return leastTextAgreed
	case l.postedAgain(a, b):
		return leastTextAgain
	case !slices.Equal(a.Guards.Grade, b.Guards.Grade):
		return leastTextApart
	case otherYears(a.Guards.ExperienceMin, b.Guards.ExperienceMin) && !a.Guards.tellSameYears(&b.Guards):
		return leastTextApart
	case agreed:
		return leastTextAgreed
	}
	return leastText
}

// postedAgain reports one title of one employer, the same range of years, and the same cities or
// work from home, put up within mostAgain days.
func (l *Likeness) postedAgain(a, b *Traits) bool {
	g, o := &a.Guards, &b.Guards
	again := !a.Date.IsZero() && !b.Date.IsZero() && daysApart(a, b) <= mostAgain
	place := g.sameCities(o) || g.remote() && o.remote()
	heads := l.Title == 1 && l.Employer == 1 && namesField(a.Title)
	return again && place && heads && g.sameRange(o)
}

// mostAgain is within how many days an employer writes the text of a vacancy another time.
const mostAgain = 7

// alikeUnderTitles reports texts that are alike though their titles differ; agreed says that
// cities and experience are stated and the same. A title may have words more when the text
// below the other title tells them, too. Where each has its own, texts that tell none of them
// are what an employer says in all, and texts of which each tells its own are two.
func (l *Likeness) alikeUnderTitles(a, b *Traits, agreed bool) bool {
	inA, inB := others(joined(a.Title, b.Title), b.Title), others(joined(b.Title, a.Title), a.Title)
	long := min(len(a.shingles), len(b.shingles)) >= longText
	if len(inA) > 0 && len(inB) > 0 {
		about := (a.tellsOf(inA) || b.tellsOf(inB)) && !(tellsMore(inA, a, b) && tellsMore(inB, b, a))
		return about && long && agreed && l.Text >= leastTextOwnWords && l.Title >= leastTitleOwnWords
	}
	told := b.tellsAll(inA) && a.tellsAll(inB) || long && l.Text >= leastTextUntold
	return told && (agreed || l.Title >= leastTitle)
}

// tellsMore reports a word of some that one posting's text tells and the other's doesn't.
func tellsMore(words []string, one, other *Traits) bool {
	return slices.ContainsFunc(words, func(w string) bool { return one.tells(w) && !other.tells(w) })
}

// others gives the words of a title that another hasn't.
func others(title, other []string) (out []string) {
	for _, w := range title {
		if !slices.Contains(other, w) {
			out = append(out, w)
		}
	}
	return out
}

// joined gives a title with two of its words as one, where the other title has them so: "gen
// ai" as "genai".
func joined(title, other []string) []string {
	for _, w := range other {
		for _, start := range title {
			end, ok := strings.CutPrefix(w, start)
			if !ok || end == start || !slices.Contains(title, end) {
				continue
			}
			isPart := func(part string) bool { return part == start || part == end }
			title = append(slices.DeleteFunc(slices.Clone(title), isPart), w)
			slices.Sort(title)
			return slices.Compact(title)
		}
	}
	return title
}

// namesWork reports a title that says more than a grade, as "Senior Executive" doesn't.
func namesWork(title []string) bool {
	return slices.ContainsFunc(title, func(w string) bool { return !isGrade(w) && !posts[w] })
}

// namesField reports a title that says more than a grade and a trade, as "Senior Software
// Engineer" doesn't: large employers have many such posts at once.
func namesField(title []string) bool {
	return slices.ContainsFunc(title, func(w string) bool { return !isGrade(w) && !posts[w] && !trades[w] })
}

// alikeInHead reports the same title, employer and cities, which say it all where neither
// has a text. A card and a whole text have too little in common, for mostly they are months
// apart, unless the board has them under one number. What was put up again after more than
// mostDays is another opening.
func (l *Likeness) alikeInHead(a, b *Traits) bool {
	switch heads := l.Title == 1 && l.Employer >= partOfName && samePlace(a, b); {
	case !heads || a.Number != "" && a.Number == b.Number:
		return heads
	case a.HasText() || b.HasText() || daysApart(a, b) > mostDays:
		return false
	}
	return namesField(a.Title) || a.Guards.sameOffer(&b.Guards)
}

// mostDays is how long after a card its employer may put up the same vacancy again.
const mostDays = 365

// daysApart is how many days lie between two postings; zero where one has no date.
func daysApart(a, b *Traits) float64 {
	if a.Date.IsZero() || b.Date.IsZero() {
		return 0
	}
	return b.Date.Sub(a.Date).Abs().Hours() / hoursOfDay
}

const hoursOfDay = 24

// samePlace reports the same cities. Where neither states one, two numbers of a board are of two
// places, unless both are work from home, or ask for the same experience.
func samePlace(a, b *Traits) bool {
	g, o := &a.Guards, &b.Guards
	if len(g.Cities) > 0 || len(o.Cities) > 0 {
		return g.sameCities(o)
	}
	numbered := a.Number != "" && b.Number != "" && a.Number != b.Number
	return !numbered || g.remote() && o.remote() || g.sameRange(o)
}

// A text of which mostContained is in another one is the same text, shorter, and nearly as
// good as an equal one.
const mostContained, asContained = 0.93, 0.9

// textsAlike is the Jaccard index of two texts' shingles, or how much of the shorter text
// the longer has, where that is nearly all.
func textsAlike(a, b []uint64) float64 {
	n := float64(shared(a, b))
	alike, contained := n/(float64(len(a)+len(b))-n), n/float64(min(len(a), len(b)))
	if contained >= mostContained {
		return max(alike, asContained*contained)
	}
	return alike
}

// titlesAlike is the mean of the Jaccard index of two titles' words, and of how many of
// the shorter title's words the longer has: boards and agencies add words.
func titlesAlike(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	alike := wordsAlike(a, b)
	both := alike * float64(len(a)+len(b)) / (1 + alike) // as many as they share
	const mean = 2
	return (alike + both/float64(min(len(a), len(b)))) / mean
}

// wordsAlike is the Jaccard index of two lists of words, in order, each of which is there once.
func wordsAlike(a, b []string) float64 {
	n := float64(shared(a, b))
	if n == 0 {
		return 0
	}
	return n / (float64(len(a)+len(b)) - n)
}

// unknownEmployer is how alike an employer and one that isn't named are: it may be a
// consultancy's posting, or a board that leaves it out.
const unknownEmployer = 0.5

// partOfName is how alike employers are of which one's name begins with the other's.
const partOfName = 0.8

func employersAlike(a, b *Traits) float64 {
	x, y := a.Employer, b.Employer
	switch {
	case x == "" || y == "":
		return unknownEmployer
	case x == y, singular(x) == singular(y), a.Cut && strings.HasPrefix(y, x), b.Cut && strings.HasPrefix(x, y):
		return 1
	case strings.HasPrefix(x, y+" "), strings.HasPrefix(y, x+" "):
		return partOfName
	case squeezed(x) == squeezed(y):
		return 1
	}
	return 0
}

// squeezed gives a name without blanks: "Team Plus" is TeamPlus.
func squeezed(name string) string { return strings.ReplaceAll(name, " ", "") }

// singular gives a name with no plurals: "Services" and "Service" are one employer's.
func singular(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "s")
	}
	return strings.Join(words, " ")
}
