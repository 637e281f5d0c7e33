package vacancy

import "slices"

// mostCards is within how many days an employer puts up a card again whose title says only a grade.
const mostCards = 42

// oneCard reports cards of one employer, for the same cities and years, under the very words of
// one title that says a grade and no field, as "Senior Software Engineer" does. A trade alone says
// too little: large employers have a whole intake under it.
func (l *Likeness) oneCard(a, b *Traits) bool {
	g, o := &a.Guards, &b.Guards
	graded := slices.ContainsFunc(a.Title, func(w string) bool { return !trades[w] })
	heads := graded && l.Employer == 1 && slices.Equal(a.written, b.written)
	return heads && g.sameHome(o) && g.sameYears(o) && daysApart(a, b) <= mostCards
}

// oneWalkIn reports walk-ins of one employer above one text, of which the titles name the process
// otherwise, but share a word that says more than a grade and a trade. Where both name days they
// are the same.
func (l *Likeness) oneWalkIn(a, b *Traits) bool {
	if !a.isWalkIn() || !b.isWalkIn() || l.Employer < 1 || l.Text < leastTextUntold {
		return false
	}
	days, others := daysOf(a.written), daysOf(b.written)
	sameDays := len(days) == 0 || len(others) == 0 || slices.Equal(days, others)
	both := slices.DeleteFunc(slices.Clone(a.Title), func(w string) bool { return !slices.Contains(b.Title, w) })
	return sameDays && daysApart(a, b) <= mostAgain && namesField(both)
}

// isWalkIn reports a title that asks people to come on a day.
func (t *Traits) isWalkIn() bool {
	for i, w := range t.written {
		if w == "walkin" || w == "walkins" || w == "in" && i > 0 && t.written[i-1] == "walk" {
			return true
		}
	}
	return false
}

// daysOf gives the numbers of a title that are no grade: mostly days.
func daysOf(title []string) (out []string) {
	for _, w := range title {
		if isDate(w) {
			out = append(out, w)
		}
	}
	return out
}
