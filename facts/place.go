package facts

import (
	"jobsieve/job"
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

// locatedPlaces reads the location field, which is nothing but places, so that
// an unknown name counts as one.
func (r *reader) locatedPlaces() []job.Place {
	d := r.docs(job.FieldLocation)
	spots := settle(d, r.placesIn(d, 0, len(d.Tokens)), whole)
	return r.noted(job.FieldLocation, spots)
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

// cueReach is how many tokens after a cue a place may be.
const cueReach = 12

// describedPlaces reads the places beside the first word for place of the
// description that has one.
func (r *reader) describedPlaces() []job.Place {
	d := r.docs(job.FieldDescription)
	cues := r.placeOfWork.Hits(d)
	if len(cues) == 0 {
		return []job.Place{}
	}
	ms := r.mentions(d)
	for _, cue := range cues {
		var near []mention
		switch cue.Value {
		case placeNamedBefore:
			near = r.endingAt(d, ms, cue.First)
		case placeNamedAfter:
			near = r.after(d, ms, cue.End)
		}
		if places := r.noted(job.FieldDescription, settle(d, near, cued)); len(places) > 0 {
			return places
		}
	}
	return []job.Place{}
}

// after gives the mentions among the tokens from i on that are one list, at most
// cueReach tokens further and in the same sentence.
func (r *reader) after(d *text.Doc, ms []mention, i int) []mention {
	end := i
	for end < len(d.Tokens) && end < i+cueReach && !d.Stop(end) {
		end++
	}
	from, to := within(ms, i, end)
	return ms[from:to]
}

// endingAt gives the mentions of the list that ends before token i.
func (r *reader) endingAt(d *text.Doc, ms []mention, i int) []mention {
	_, to := within(ms, 0, i)
	from := to
	for at := i; from > 0 && separated(d, ms[from-1].end, at); at = ms[from].first {
		from--
	}
	return ms[from:to]
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
