package facts

import (
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// Asked is what a typed question says of a fact: tokens First up to but not including
// End.
type Asked struct {
	// Fact is the fact's name, as a FactSpan has it, or city, state or country.
	Fact string
	// Value is as facts have it; empty for experience.
	Value string
	// Experience is how many years whoever asks has.
	Experience job.Experience
	First, End int
}

// Asked finds what a typed question says of facts: a question is short, has no
// sentences, and is about whoever asks. Names of two letters count as places only
// where "in" stands before them, or मे after them. Where several overlap, all are
// given.
func (rd *Reader) Asked(d *text.Doc) []Asked {
	r := reader{words: &rd.words}
	return slices.Concat(r.askedPlaces(d), r.askedYears(d), r.askedShifts(d), r.askedLevels(d))
}

// askedPlaces finds places by their names and near spellings.
func (r *reader) askedPlaces(d *text.Doc) []Asked {
	var out []Asked
	for _, m := range longest(d, func(h phrase.Hit[name], _ []mention) bool {
		n := &h.Value
		return !n.code && !n.vague && !n.beside || n.country == "IN" && r.placed(d, h.First, h.End)
	}) {
		inOrder(m.names)
		out = append(out, asPlace(m.names[0], m.first, m.end))
	}
	known := func(i int) bool {
		return slices.ContainsFunc(out, func(a Asked) bool { return a.First <= i && i < a.End })
	}
	for i := range d.Tokens {
		if d.Tokens[i].Kind != text.Word || known(i) {
			continue
		}
		if names := near(d, i, i+1); len(names) > 0 {
			out = append(out, asPlace(names[0], i, i+1))
		}
	}
	return out
}

func asPlace(n name, first, end int) Asked {
	switch {
	case n.city != "":
		return Asked{Fact: "city", Value: n.city, First: first, End: end}
	case n.state != "":
		return Asked{Fact: "state", Value: n.state, First: first, End: end}
	}
	return Asked{Fact: "country", Value: n.country, First: first, End: end}
}

// placed reports tokens beside a word that says where: "in X", "X mein".
func (r *reader) placed(d *text.Doc, first, end int) bool {
	return r.askedIn[next(d, first-1)] || r.askedWithin[next(d, end)]
}

// askedYears finds years of experience, and what is said of freshers.
func (r *reader) askedYears(d *text.Doc) []Asked {
	var out []Asked
	add := func(y years) {
		e := job.Experience{Min: y.min, Max: y.max}
		out = append(out, Asked{Fact: "experience", Experience: e, First: y.first, End: y.end})
	}
	for i := 0; i < len(d.Tokens); i++ {
		if y, ok := r.yearsAt(d, i, false); ok {
			r.widen(d, &y, r.words.experience.Hits(d))
			add(y)
			i = y.end - 1
		}
	}
	for _, h := range r.words.experience.Hits(d) {
		if slices.Contains([]string{valueFresher, valueOnly, valueNotNeeded, valueMet}, h.Value) {
			add(years{min: ptr(0.0), max: ptr(0.0), first: h.First, end: h.End})
		}
	}
	return out
}

// askedShifts finds hours, with or without the word for them.
func (r *reader) askedShifts(d *text.Doc) []Asked {
	var out []Asked
	add := func(shift job.Shift, first, end int) {
		if !denied(d, r.denials.All(d), first, end) {
			out = append(out, Asked{Fact: "shift", Value: string(shift), First: first, End: end})
		}
	}
	for _, h := range r.shift.Hits(d) {
		add(h.Value, h.First, h.End)
	}
	named := r.hours.Hits(d)
	noun := -1
	for i := len(named) - 1; i >= 0; i-- { // from the right: a noun stands after what it is of
		h := named[i]
		switch {
		case h.Value.noun():
			noun = h.First
		case h.Value.which() && (noun == h.End || !country(h.Value.shift) && h.Value.role == roleOfHours):
			add(h.Value.shift, h.First, h.End)
		}
	}
	return out
}

// askedLevels finds schooling, modes and languages.
func (r *reader) askedLevels(d *text.Doc) []Asked {
	var out []Asked
	for _, h := range r.words.education.Hits(d) {
		words, typed := phraseOf(d, h.First, h.End), d.Slice(h.First, h.End)
		short := r.capitals[words] && typed != strings.ToUpper(typed)
		if rankOf(h.Value) >= 0 && !short && !r.ambiguous[words] {
			out = append(out, Asked{Fact: "education", Value: h.Value, First: h.First, End: h.End})
		}
	}
	for _, h := range r.words.mode.Hits(d) {
		mode := job.Mode(strings.TrimPrefix(h.Value, modeWord))
		if slices.Contains(job.Modes, mode) {
			out = append(out, Asked{Fact: "mode", Value: string(mode), First: h.First, End: h.End})
		}
	}
	for _, h := range r.language.Hits(d) {
		if named(h) && !r.shortNames[phraseOf(d, h.First, h.End)] {
			out = append(out, Asked{Fact: "language", Value: h.Value, First: h.First, End: h.End})
		}
	}
	return out
}
