package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon"
)

// Recognised is what the reader of a fact knows.
type Recognised struct {
	Fact    string
	About   string
	Entries []Entry
}

// Entry is a value with the phrases for it, in the form of package phrase.
type Entry struct {
	Value    string
	Patterns []string
}

// Reference lists what the readers know with the words of a lexicon, for people.
func Reference(x *lexicon.Lexicon) []Recognised {
	of := func(prefix string, values ...string) (out []Entry) {
		for _, v := range values {
			if patterns, err := x.Entries(prefix + v); err == nil {
				out = append(out, Entry{v, patterns})
			}
		}
		return out
	}
	return []Recognised{
		{"place", placeMeaning, knownPlaces()},
		{"experience", experienceMeaning, of("experience-", experienceValues...)},
		{"education", educationMeaning, of("education-", educationValues()...)},
		{"shift", shiftMeaning, shiftEntries(x)},
		{"mode", "Where the work is done.", of("mode-", modeValues...)},
		{"openings", "A number beside these words.", of("openings-", openingValues...)},
		{"languages", "Languages of people, where they are asked for.", of("language-", languageValues(x)...)},
		{"skills", skillsMeaning, nil},
	}
}

// shiftEntries gives the words for each shift, whatever they must stand beside.
func shiftEntries(x *lexicon.Lexicon) (out []Entry) {
	for _, s := range job.Shifts {
		e := Entry{Value: string(s)}
		for _, list := range shiftLists(x, s) {
			if patterns, err := x.Entries(list); err == nil {
				e.Patterns = append(e.Patterns, patterns...)
			}
		}
		out = append(out, e)
	}
	return out
}

// knownPlaces gives, for each state of India and each other country, how many cities
// are known and their names.
func knownPlaces() []Entry {
	var out []Entry
	for _, e := range entries() {
		p := e.place
		if p.city == "" {
			if value := cmp.Or(p.state, p.country); value != "IN" {
				out = append(out, Entry{Value: value})
			}
			continue
		}
		city := p.city
		if others := append(slices.Clone(e.names[1:]), e.quarters...); len(others) > 0 {
			city = fmt.Sprintf("%s (%s)", city, plain(strings.Join(others, ", ")))
		}
		last := &out[len(out)-1]
		last.Patterns = append(last.Patterns, city)
	}
	out = slices.DeleteFunc(out, func(e Entry) bool { return len(e.Patterns) == 0 })
	for i := range out {
		out[i].Value = fmt.Sprintf("%s, %d cities", out[i].Value, len(out[i].Patterns))
	}
	return out
}

// plain takes the marks from names.
func plain(names string) string { return strings.NewReplacer("!", "", "?", "").Replace(names) }

// What is read of the facts whose words do not say it by themselves.
const (
	placeMeaning = "Cities and states of India, and the countries of the world. Each name is known in English and, " +
		"for the larger ones, in Hindi, with old names and other spellings. An unknown name stays as written."
	experienceMeaning = "Figures in years or months beside these words; freshers. Postings are grouped by the least " +
		"years asked for: 0-1, 1-3, 3-6 and 6+."
	educationMeaning = "The lowest level that is enough. What is only preferred does not count."
	shiftMeaning     = "These words, and hours of the clock: a span that touches midnight to five is night, one that " +
		"ends after eight in the evening is evening, else day."
)
