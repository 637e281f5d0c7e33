package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// experience reads the years asked for: from the field, else from the
// description and the title.
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

// fieldExperience reads the field for experience, where figures need no unit if
// there is nothing but them.
func (r *reader) fieldExperience() (job.Experience, bool) {
	d := r.docs(job.FieldExperience)
	hits := r.words.experience.Hits(d)
	fresher := slices.ContainsFunc(hits, func(h phrase.Hit[string]) bool {
		return h.Value == valueFresher || h.Value == valueOnly
	})
	needless := slices.ContainsFunc(hits, func(h phrase.Hit[string]) bool { return h.Value == valueNotNeeded })
	for i := range d.Tokens {
		y, ok := r.yearsAt(d, i, true)
		if !ok {
			continue
		}
		if !y.unit && !r.isBare(d, hits) || r.isOther(d, y, len(d.Tokens)) {
			return job.Experience{}, false
		}
		r.widen(d, &y, hits)
		if fresher {
			y.min = ptr(0.0)
		}
		return r.takeYears(job.FieldExperience, y), true
	}
	if !fresher && !needless {
		return job.Experience{}, false
	}
	y := years{min: ptr(0.0), max: ptr(0.0), end: len(d.Tokens)}
	if needless || d.Is(len(d.Tokens)-1, "+") || r.others(d) {
		y.max = nil
	}
	return r.takeYears(job.FieldExperience, y), true
}

// isBare reports a field of nothing but figures and words of experience: "3 to 5",
// and not "28 Feb" or "10th pass".
func (r *reader) isBare(d *text.Doc, hits []phrase.Hit[string]) bool {
	for i := range d.Tokens {
		if d.Tokens[i].Kind != text.Word || r.fieldWords[d.Tokens[i].Norm] {
			continue
		}
		_, number := r.numberAt(d, i)
		if !number && len(phrase.Near(hits, i, i+1)) == 0 && rangeWord(d, i) == i {
			return false
		}
	}
	return true
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
	if y.isSpan() {
		return
	}
	switch cue {
	case valueLeast, valueAbove:
		y.max = nil
	case valueMost, valueBelow:
		y.min = nil
	}
}

// widen applies a "minimum" or "up to" right before it, and an "and above" or "or
// less" right after it; where those beyond are turned away, the bound is the other one.
func (r *reader) widen(d *text.Doc, y *years, hits []phrase.Hit[string]) {
	const reach = 2
	switch next(d, y.first-1) {
	case ">":
		bound(y, valueLeast)
	case "<":
		bound(y, valueMost)
	}
	for _, h := range phrase.Near(hits, y.first-reach, y.end+reach) {
		before := h.End <= y.first && (h.Value == valueLeast || h.Value == valueMost)
		after := h.First >= y.end && (h.Value == valueAbove || h.Value == valueBelow && !r.isHowLong(d, hits, *y, h))
		if (before || after) && d.Unbroken(min(h.End, y.end), max(h.First, y.first)) {
			bound(y, h.Value)
		}
	}
	if r.turnsAway(d, hits, *y) {
		y.min, y.max = y.max, y.min
	}
}

// isHowLong reports a "तक" that is how long work was done: "दो साल तक ट्रैक्टर चलाया हो".
func (r *reader) isHowLong(d *text.Doc, hits []phrase.Hit[string], y years, h phrase.Hit[string]) bool {
	until := h.End-h.First == 1 && (d.Is(h.First, "तक") || d.Is(h.First, "tak"))
	fresher := slices.ContainsFunc(phrase.Near(hits, y.first-wordsBefore, y.first), func(h phrase.Hit[string]) bool {
		return h.Value == valueFresher
	})
	return until && !fresher && r.isDone(d, y)
}

func (r *reader) takeYears(f job.Field, y years) job.Experience {
	r.note("experience", span(y.min, y.max), f, y.first, y.end)
	return job.Experience{Min: y.min, Max: y.max, Raw: job.Opt(r.docs(f).Slice(y.first, y.end))}
}
