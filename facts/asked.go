package facts

import (
	"slices"

	"jobsieve/job"
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
	docs := func(job.Field) *text.Doc { return d }
	r := reader{words: &rd.words, posting: &job.Posting{}, docs: docs}
	return slices.Concat(r.askedPlaces(d), r.askedYears(d), r.askedShifts(d), r.askedLevels(d))
}

// askedPlaces finds places by their names and near spellings.
func (r *reader) askedPlaces(d *text.Doc) []Asked {
	var out []Asked
	taken := 0
	for _, h := range gazetteer().All(d) {
		n := h.Value
		if h.First < taken || (n.code || n.vague || n.beside) && !(r.placed(d, h.First, h.End) && n.country == "IN") {
			continue
		}
		if k := len(out); k > 0 && out[k-1].First == h.First && out[k-1].End >= h.End {
			continue // a longer or a better known name
		} else if k > 0 && h.First < out[k-1].End {
			if out[k-1].First != h.First {
				continue
			}
			out = out[:k-1]
		}
		out = append(out, asPlace(n, h.First, h.End))
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
	s := shiftReader{reader: r, found: map[job.Shift]bool{}, denied: map[job.Shift]bool{}}
	s.at(job.FieldDescription)
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
		if rankOf(h.Value) >= 0 && !r.ambiguous[phraseOf(d, h.First, h.End)] {
			out = append(out, Asked{Fact: "education", Value: h.Value, First: h.First, End: h.End})
		}
	}
	for _, h := range r.words.mode.Hits(d) {
		if slices.Contains(job.Modes, job.Mode(h.Value)) {
			out = append(out, Asked{Fact: "mode", Value: h.Value, First: h.First, End: h.End})
		}
	}
	for _, h := range r.language.Hits(d) {
		if named(h) && !r.shortNames[phraseOf(d, h.First, h.End)] {
			out = append(out, Asked{Fact: "language", Value: h.Value, First: h.First, End: h.End})
		}
	}
	return out
}
