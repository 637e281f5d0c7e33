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

// From Least on postings are alike: what is between it and 1 is what boards change, a
// line at the end or a greeting. Below LeastTitle the same text is boilerplate.
const (
	Least      = 0.75
	LeastTitle = 0.5
)

// Compare says what two postings are to one another. It is the same whichever comes first.
func Compare(a, b *Traits) Likeness {
	l := Likeness{
		Text: -1, Title: titlesAlike(a.Title, b.Title), Employer: employersAlike(a, b),
		Against: a.Guards.Against(&b.Guards), Verdict: Different,
	}
	if a.HasText() && b.HasText() {
		l.Text = textsAlike(a.shingles, b.shingles)
		l.Score = partText*l.Text + partTitle*l.Title + partEmployer*l.Employer
	} else {
		l.Score = partTitleAlone*l.Title + partEmployerAlone*l.Employer
	}
	l.Verdict = l.verdict(slices.Equal(a.Guards.Cities, b.Guards.Cities))
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

// verdict says what postings are to one another that name the same cities, or don't.
// Without texts a title, an employer and cities say it all, and must be alike.
func (l *Likeness) verdict(sameCities bool) Verdict {
	alike := l.Score >= Least && l.Title >= LeastTitle
	if l.Text < 0 {
		alike = l.Title == 1 && l.Employer >= partOfName && sameCities
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

// textsAlike is the Jaccard index of two texts' shingles.
func textsAlike(a, b []uint64) float64 {
	n := shared(a, b)
	return float64(n) / float64(len(a)+len(b)-n)
}

// titlesAlike is the Jaccard index of two titles' words.
func titlesAlike(a, b []string) float64 {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(n) / float64(len(a)+len(b)-n)
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
	case x == y, a.Cut && strings.HasPrefix(y, x), b.Cut && strings.HasPrefix(x, y):
		return 1
	case strings.HasPrefix(x, y+" "), strings.HasPrefix(y, x+" "):
		return partOfName
	}
	return 0
}
