package vacancy

import (
	"slices"
	"strconv"
)

// ranged reports that the least and the most years are stated.
func (g *Guards) ranged() bool { return g.ExperienceMin != nil && g.ExperienceMax != nil }

// sameRange reports that both state the least and the most years, and the same.
func (g *Guards) sameRange(o *Guards) bool {
	return g.sameLeast(o) && g.ranged() && o.ranged() && *g.ExperienceMax == *o.ExperienceMax
}

// sameLeast reports that both ask for the same least experience.
func (g *Guards) sameLeast(o *Guards) bool {
	return g.ExperienceMin != nil && o.ExperienceMin != nil && *g.ExperienceMin == *o.ExperienceMin
}

// otherExperience reports years that differ. Between texts for the same cities, ranges may be of
// one vacancy though they differ: see looseRange.
func otherExperience(g, o *Guards) bool {
	texts := g.Text && o.Text
	switch {
	case texts && g.sameCities(o) && g.looseRange(o):
		return false
	case otherYears(g.ExperienceMin, o.ExperienceMin):
		return true
	}
	loose := texts || g.Source != o.Source
	bothLeast := g.ExperienceMin != nil && o.ExperienceMin != nil
	return (!loose || !bothLeast) && otherYears(g.ExperienceMax, o.ExperienceMax)
}

// looseRange reports a range within the other one, for boards make the ranges, and the texts say
// "3+" both times; or ranges that overlap, where the texts do tell the same years.
func (g *Guards) looseRange(o *Guards) bool {
	return g.within(o) || o.within(g) || g.tellSameYears(o)
}

// within reports a range of years within another one.
func (g *Guards) within(o *Guards) bool {
	return g.ranged() && o.ranged() && *g.ExperienceMin >= *o.ExperienceMin && *g.ExperienceMax <= *o.ExperienceMax
}

// tellSameYears reports texts that tell the same years, or of which one tells some of the other's
// and the same least, below ranges that have more than an end in common.
func (g *Guards) tellSameYears(o *Guards) bool {
	few := min(len(g.Told), len(o.Told))
	if few == 0 || g.Told[0] != o.Told[0] || shared(g.Told, o.Told) < few {
		return false
	}
	return g.ranged() && o.ranged() && max(*g.ExperienceMin, *o.ExperienceMin) < min(*g.ExperienceMax, *o.ExperienceMax)
}

func otherYears(a, b *float64) bool { return a != nil && b != nil && *a != *b }

// isYears reports a word after a number of years.
func isYears(w string) bool { return w == "years" || w == "year" || w == "yrs" || w == "yr" }

// What of a text's years counts: of a number and the words before it, so many may be a range, as
// "3 to 5" is; more years than mostYears are no experience, and an honest text has fewer numbers
// than mostTold.
const (
	rangeWords = 3
	mostYears  = 50
	mostTold   = 8
)

// yearsIn gives the numbers of years that a text tells, each once, in order.
func yearsIn(body []string) (out []int) {
	for i, w := range body {
		for back := 1; isYears(w) && back <= min(rangeWords, i); back++ {
			word := body[i-back]
			n, err := strconv.Atoi(word)
			if err != nil && word != "to" {
				break
			}
			if err == nil && n >= 0 && n <= mostYears {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), mostTold)]
}
