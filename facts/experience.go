package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// experience reads the years asked for: from the field, else from the title
// and the description near a word for experience.
func (r *reader) experience() job.Experience {
	if e, ok := r.fieldExperience(); ok {
		return e
	}
	fresher := job.Experience{}
	for _, f := range []job.Field{job.FieldDescription, job.FieldTitle} {
		e, how := r.toldExperience(f)
		switch {
		case how == "years":
			if fresher.Min != nil && e.Min != nil && *e.Min > 0 && fresher.Max == nil {
				e.Min = ptr(0.0)
			}
			return e
		case how == "fresher" && fresher.Min == nil:
			fresher = e
		}
	}
	return fresher
}

func (r *reader) fieldExperience() (job.Experience, bool) {
	d := r.docs(job.FieldExperience)
	cue := ""
	for _, h := range r.words.experience.Hits(d) {
		switch h.Value {
		case valueFresher, valueOnly:
			cue = valueFresher
		case valueLeast, valueMost, valueAbove:
			cue = h.Value
		}
	}
	for i := range d.Tokens {
		y, ok := r.yearsAt(d, i, true)
		if !ok {
			continue
		}
		if d.Is(i-1, ">") {
			cue = valueLeast
		}
		bound(&y, cue)
		if cue == valueFresher {
			y.min = ptr(0.0)
		}
		return r.takeYears(job.FieldExperience, y), true
	}
	if cue == valueFresher {
		y := years{ptr(0.0), ptr(0.0), 0, len(d.Tokens)}
		if d.Is(len(d.Tokens)-1, "+") || r.others(d) {
			y.max = nil
		}
		return r.takeYears(job.FieldExperience, y), true
	}
	return job.Experience{}, false
}

// others reports a field that names freshers among others.
func (r *reader) others(d *text.Doc) bool {
	for i := range d.Tokens {
		if r.alsoOthers[d.Tokens[i].Norm] || d.Is(i, "/") {
			return true
		}
	}
	return false
}

// bound opens one side of a single figure: "minimum 3 years", "up to 2 years".
func bound(y *years, cue string) {
	if y.min == nil || y.max == nil || *y.min != *y.max {
		return
	}
	switch cue {
	case valueLeast, valueAbove:
		y.max = nil
	case valueMost:
		y.min = nil
	}
}

func (r *reader) takeYears(f job.Field, y years) job.Experience {
	r.note("experience", span(y.min, y.max), f, y.first, y.end)
	return job.Experience{Min: y.min, Max: y.max, Raw: job.Opt(r.docs(f).Slice(y.first, y.end))}
}

// toldExperience reads a running text; how is "years", "fresher" or empty.
func (r *reader) toldExperience(f job.Field) (e job.Experience, how string) {
	d := r.docs(f)
	hits := r.words.experience.Hits(d)
	fresher, only, barred := -1, false, false
	for i, h := range hits {
		switch h.Value {
		case valueNoFresher:
			barred = true
		case valueOnly:
			only = true
			fallthrough
		case valueFresher:
			if fresher < 0 {
				fresher = i
			}
		}
	}
	for i := range d.Tokens {
		y, ok := r.yearsAt(d, i, false)
		if !ok || !r.isExperience(d, hits, y) {
			continue
		}
		widen(&y, hits)
		if fresher >= 0 && !barred && y.min != nil {
			y.min = ptr(0.0)
		}
		return r.takeYears(f, y), "years"
	}
	if fresher < 0 || barred {
		return job.Experience{}, ""
	}
	y := years{min: ptr(0.0), first: hits[fresher].First, end: hits[fresher].End}
	if only {
		y.max = ptr(0.0)
	}
	return r.takeYears(f, y), "fresher"
}

// The most tokens between a range of years and the word that makes it
// experience, after it and before it.
const (
	wordsAfter  = 7
	wordsBefore = 5
)

// isExperience reports whether a word for experience is nearby, in the same
// sentence, and none that makes it something else (age, notice, warranty).
func (w *words) isExperience(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	if d.Is(y.end, "old") || d.Is(y.end, "की") && d.Is(y.end+1, "उम्र") || d.Is(y.end, "ki") && d.Is(y.end+1, "umar") {
		return false
	}
	for _, h := range phrase.Near(hits, y.first-wordsBefore-1, y.end+wordsAfter+1) {
		if h.Value == valueLeast && h.End == y.first && !w.hasOtherYears(d, y) {
			return true // "at least one year as a team leader"
		}
		if h.Value != valueNamed {
			continue
		}
		switch {
		case h.First >= y.end && d.Unbroken(y.end, h.First):
			return true
		case h.End <= y.first && d.Unbroken(h.End, y.first):
			return true
		}
	}
	return false
}

// hasOtherYears reports such a word in the sentence, near the years.
func (w *words) hasOtherYears(d *text.Doc, y years) bool {
	const near = 8
	for i := max(0, y.first-near); i < min(len(d.Tokens), y.end+near); i++ {
		if w.otherYears[d.Tokens[i].Norm] && (i < y.first && d.Unbroken(i, y.first) || i >= y.end && d.Unbroken(y.end, i)) {
			return true
		}
	}
	return false
}

// widen applies a "minimum", "up to" or "and above" right beside it.
func widen(y *years, hits []phrase.Hit[string]) {
	for _, h := range hits {
		near := h.End <= y.first && y.first-h.End <= 1 || h.First >= y.end && h.First-y.end <= 1
		if near && (h.Value == valueLeast || h.Value == valueMost || h.Value == valueAbove) {
			bound(y, h.Value)
		}
	}
	// "2 years' experience": what is asked for in running text is a minimum.
	if y.min != nil && y.max != nil && *y.min == *y.max {
		y.max = nil
	}
}
