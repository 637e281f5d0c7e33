package facts

import (
	"slices"
	"sort"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// places reads where the work is: from the location field if that names a place,
// else from the title, else from what the description says beside a word for
// place.
func (r *reader) places() []job.Place {
	if places := r.locatedPlaces(); len(places) > 0 {
		return places
	}
	if places := r.titledPlaces(); len(places) > 0 {
		return places
	}
	return r.describedPlaces()
}

// Place reads a text that is one place, such as "Bangalore". What is not known
// about it is empty.
func (rd *Reader) Place(s string) job.Place {
	docs := func(job.Field) *text.Doc { return text.Parse(s) }
	r := reader{words: &rd.words, posting: &job.Posting{Location: s}, docs: docs}
	places := r.locatedPlaces()
	if len(places) != 1 {
		return job.Place{Raw: s}
	}
	return places[0]
}

// titledPlaces reads the title. A country in it is mostly a market or a client's.
func (r *reader) titledPlaces() []job.Place {
	d := r.docs(job.FieldTitle)
	var spots []spot
	for _, s := range settle(d, r.mentions(d), running) {
		if s.city != "" || s.state != "" || d.Is(s.first-1, "in") {
			spots = append(spots, s)
		}
	}
	return r.noted(job.FieldTitle, spots)
}

// How many tokens after a cue the name of a place may begin: a label heads a line, a
// word such as "vacancy in" is said of the next.
const (
	labelReach = 12
	nextReach  = 4
)

// describedPlaces reads the places that the description says the work is at: after the
// first label that has one, else beside the first other cue.
func (r *reader) describedPlaces() []job.Place {
	d := r.docs(job.FieldDescription)
	cues := r.placeOfWork.Hits(d)
	if len(cues) == 0 {
		return []job.Place{}
	}
	ms, away := r.mentions(d), r.away(d, cues)
	for _, labels := range []bool{true, false} {
		for _, cue := range cues {
			label := cue.Value == placeLabelled
			if cue.Value == placeElsewhere || label != labels || !label && away(cue.First) {
				continue
			}
			if places := r.noted(job.FieldDescription, r.cuedPlaces(d, ms, cue)); len(places) > 0 {
				return places
			}
		}
	}
	return []job.Place{}
}

// away reports tokens in a sentence, or its part before or after "but", that is about
// another place than that of the work: the head office, the interview.
func (r *reader) away(d *text.Doc, cues []phrase.Hit[string]) func(i int) bool {
	isElsewhere := func(h phrase.Hit[string]) bool { return h.Value == placeElsewhere }
	if !slices.ContainsFunc(cues, isElsewhere) {
		return func(int) bool { return false }
	}
	parts := make([]int, len(d.Tokens))
	part, contrast := 0, false
	for i := range d.Tokens {
		switch {
		case d.Stop(i):
			part++
			contrast = false
		case r.contrasts[d.Tokens[i].Norm], contrast && d.Is(i, ","): // "though …, …"
			part++
			contrast = true
		}
		parts[i] = part
	}
	elsewhere := map[int]bool{}
	for _, h := range cues {
		if isElsewhere(h) {
			elsewhere[parts[h.First]] = true
		}
	}
	return func(i int) bool { return elsewhere[parts[i]] }
}

// cuedPlaces gives the places beside a cue.
func (r *reader) cuedPlaces(d *text.Doc, ms []mention, cue phrase.Hit[string]) []spot {
	switch cue.Value {
	case placeNamedBefore:
		return settle(d, r.before(d, ms, cue.First), cued)
	case placeNamedNext:
		return settle(d, r.after(d, ms, cue.End, nextReach), cued)
	}
	first, end, alone := line(d, cue.End)
	if alone {
		return settle(d, r.placesIn(d, ms, first, end), whole)
	}
	if near := r.after(d, ms, first, labelReach); len(near) > 0 {
		return settle(d, near, cued)
	}
	return settle(d, r.before(d, ms, cue.First), cued) // "Bangalore location"
}

// mostInLine is the most tokens that a line may have in which nothing but places follows
// a label.
const mostInLine = 8

// labelSigns stand between a label and what it labels; the question mark was a dash once.
var labelSigns = []string{":", "-", "–", "*", "?", "=", ">"}

// line gives the tokens after a label and its colon or dash, up to the end of the sentence
// or a few more than a line has, and whether they are a line without another label.
func line(d *text.Doc, i int) (first, end int, alone bool) {
	label := i
	for i < len(d.Tokens) && slices.Contains(labelSigns, d.Tokens[i].Norm) {
		i++
	}
	alone = i > label
	if alone && d.IsKind(i, text.Newline) {
		i++
	}
	first = i
	for i < len(d.Tokens) && i-first <= mostInLine && !d.Stop(i) {
		alone = alone && !d.Is(i, ":")
		i++
	}
	over := i >= len(d.Tokens)-1 || d.IsKind(i, text.Newline) || d.Stop(i) && d.IsKind(i+1, text.Newline)
	return first, i, alone && over && i-first <= mostInLine
}

// after gives the mentions of the list that begins among the next tokens from i on, in the
// same sentence.
func (r *reader) after(d *text.Doc, ms []mention, i, reach int) []mention {
	from := sort.Search(len(ms), func(j int) bool { return ms[j].first >= i })
	if from == len(ms) || ms[from].first-i > reach || !d.Unbroken(i, ms[from].first) {
		return nil
	}
	to := from + 1
	for to < len(ms) && r.joined(d, ms[to-1].end, ms[to].first) {
		to++
	}
	return ms[from:to]
}

// before gives the mentions of the list that ends before token i.
func (r *reader) before(d *text.Doc, ms []mention, i int) []mention {
	to := sort.Search(len(ms), func(j int) bool { return ms[j].end > i })
	from := to
	for at := i; from > 0 && r.joined(d, ms[from-1].end, at); at = ms[from].first {
		from--
	}
	return ms[from:to]
}

// joined reports that tokens i to j stand between two places of a list.
func (r *reader) joined(d *text.Doc, i, j int) bool {
	const most = 6
	if j-i > most || !d.Unbroken(i, j) {
		return false
	}
	for ; i < j; i++ {
		if d.IsKind(i, text.Word) && !r.placeJoins[d.Tokens[i].Norm] {
			return false
		}
	}
	return true
}

// noted gives the places of spots, each once, and notes where they were read.
func (r *reader) noted(f job.Field, spots []spot) []job.Place {
	d := r.docs(f)
	out := []job.Place{}
	seen := map[job.Place]bool{}
	for _, s := range spots {
		p := job.Place{City: job.Opt(s.city), State: job.Opt(s.state), Country: job.Opt(s.country)}
		if seen[p] {
			continue
		}
		seen[p] = true
		p.Raw = d.Slice(s.first, s.end)
		out = append(out, p)
		r.note("place", p.Raw, f, s.first, s.end)
	}
	return out
}
