package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// askReach is how many tokens from a language the word that asks for it may be.
const askReach = 6

// languages reads the languages that are asked for.
func (r *reader) languages() []string {
	out := []string{}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription, job.FieldSkills} {
		d := r.docs(f)
		hits := r.language.Hits(d)
		for i, h := range hits {
			if len(h.Value) > 3 || slices.Contains(out, h.Value) || !asked(d, hits, i, f) {
				continue
			}
			out = append(out, h.Value)
			r.note("language", h.Value, f, h.First, h.End)
		}
	}
	return out
}

// asked reports a language with a word that asks for it in the same sentence,
// and none that makes it a wish or a subject.
func asked(d *text.Doc, hits []phrase.Hit[string], i int, f job.Field) bool {
	h := hits[i]
	ok := f == job.FieldSkills
	for _, o := range phrase.Near(hits, h.First-askReach-1, h.End+askReach+1) {
		if !d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			continue
		}
		switch {
		case o.Value == valueWished && o.First > h.First && clause(d, h.End, o.First):
			return false
		case o.Value == valueOther && o.First == h.End:
			return false
		case o.Value == valueAsked:
			ok = true
		}
	}
	return ok
}
