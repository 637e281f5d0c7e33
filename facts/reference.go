package facts

import (
	"fmt"
	"strings"

	"jobsieve/text"
)

// Recognised is what the reader of a fact knows: each value with the phrases
// for it, in the form of text.Phrases.
type Recognised struct {
	Fact    string
	About   string
	Entries []text.Entry[string]
}

// Reference lists what the readers know, for people.
func Reference() []Recognised {
	return []Recognised{
		{"place", "Cities and states of India, and the countries of the world. Each name is known in English and, for the larger ones, in Hindi, with old names and other spellings. An unknown name stays as written.", knownPlaces()},
		{"experience", "Figures in years or months beside these words; freshers; the bands are 0-1, 1-3, 3-6 and 6+ by the least years.", experienceWords.Entries()},
		{"education", "The lowest level that is enough. What is only preferred does not count.", educationWords.Entries()},
		{"shift", "These words, and hours of the clock: a span that touches midnight to five is night, one that ends after eight in the evening is evening, else day.", shiftWords.Entries()},
		{"mode", "Where the work is done.", modes()},
		{"openings", "A number beside these words.", openingWords.Entries()},
		{"languages", "Languages of people, where they are asked for.", languageWords.Entries()},
	}
}

func modes() []text.Entry[string] {
	var out []text.Entry[string]
	for _, e := range modeWords.Entries() {
		out = append(out, text.Entry[string]{Value: string(e.Value), Patterns: e.Patterns})
	}
	return out
}

// knownPlaces gives, of each state, how many cities are known and their names.
func knownPlaces() []text.Entry[string] {
	var out []text.Entry[string]
	for line := range strings.Lines(gazetteerText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, others, _ := strings.Cut(line, ":")
		if line[0] == '=' || line[0] == '@' {
			out = append(out, text.Entry[string]{Value: strings.TrimSpace(strings.TrimLeft(head, "=@"))})
			continue
		}
		city := head
		if others = strings.TrimSpace(others); others != "" {
			city = fmt.Sprintf("%s (%s)", head, others)
		}
		last := &out[len(out)-1]
		last.Patterns = append(last.Patterns, city)
	}
	for i := range out {
		out[i].Value = fmt.Sprintf("%s, %d cities", out[i].Value, len(out[i].Patterns))
	}
	return out
}
