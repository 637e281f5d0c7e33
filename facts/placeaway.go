package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// away reports tokens in a sentence, or its part before or after "but", that is about
// another place than that of the work: the head office, the interview.
func (r *reader) away(d *text.Doc, cues []phrase.Hit[string]) func(i int) bool {
	var others []phrase.Hit[string]
	for _, h := range cues {
		if h.Value == placeElsewhere && !r.things[next(d, h.First-1)] { // "gaadi khadi rehti hai"
			others = append(others, h)
		}
	}
	others = append(others, headOffices(d)...)
	if offices := r.ownOffice.Hits(d); len(offices) > 0 && r.fromHome() {
		others = append(others, offices...)
	}
	if len(others) == 0 {
		return func(int) bool { return false }
	}
	parts := r.partsOfSentences(d)
	elsewhere := map[int]int{} // parts, and the token from which on they are
	for _, h := range others {
		from := 0
		if r.toOthers[next(d, h.End-1)] {
			from = h.First
		}
		if old, ok := elsewhere[parts[h.First]]; !ok || from < old {
			elsewhere[parts[h.First]] = from
		}
	}
	return func(i int) bool {
		from, ok := elsewhere[parts[i]]
		return ok && i >= from
	}
}

// partsOfSentences gives for each token the number of the part of a sentence that it is in.
func (r *reader) partsOfSentences(d *text.Doc) []int {
	parts := make([]int, len(d.Tokens))
	part, contrast := 0, false
	for i := range d.Tokens {
		switch {
		case d.Stop(i):
			part++
			contrast = false
		case r.contrasts[d.Tokens[i].Norm],
			d.Is(i, ",") && (contrast || r.endsClause(next(d, i-1)) || r.turns[next(d, i+1)]):
			// "though …, …", "… hai, …", "…, posting …"
			part++
			contrast = true
		}
		parts[i] = part
	}
	return parts
}

// endsClause reports a word that ends what is said about one place.
func (r *reader) endsClause(word string) bool { return r.clauseEnds[word] || r.placeAt[word] }

// headOffices gives the short forms of head office, which are a verb in small letters.
func headOffices(d *text.Doc) (out []phrase.Hit[string]) {
	for i := range d.Tokens {
		if d.Is(i, "ho") && d.Slice(i, i+1) == "HO" {
			out = append(out, phrase.Hit[string]{First: i, End: i + 1})
		}
	}
	return out
}

// fromHome reports work that is done at home, whose office is no place of work.
func (r *reader) fromHome() bool {
	for _, f := range []job.Field{job.FieldLocation, job.FieldTitle, job.FieldDescription} {
		m := modeReader{reader: r, d: r.docs(f), field: f}
		if best := m.read(); best.Value != "" {
			return best.Value == job.ModeRemote
		}
	}
	return false
}
